import { expect, test } from "vitest";

import { commandOf } from "../outbound/delivery/command-of.ts";
import { openTestStore } from "./open-test-store.ts";

const EVENT = { type: "twilio_data_received", kind: "message" } as const;

test.each([
  ["data that is not JSON", "UPDATE events SET data = '{' WHERE seq = 2"],
  ["data that is not an object", "UPDATE events SET data = '7' WHERE seq = 2"],
  ["an unknown kind", "UPDATE events SET kind = 'telegram' WHERE seq = 2"],
])("an event with %s is rejected, and the other events are delivered", async (_what, damage) => {
  using store = openTestStore();
  for (const n of [1, 2, 3]) await store.eventLog.report({ ...EVENT, data: { n } }, n);
  store.database.exec(damage);
  expect((await store.eventLog.takeNext(10)).map(({ seq }) => seq)).toEqual([1, 3]);
  const state = store.database.prepare("SELECT state FROM events WHERE seq = 2").get();
  expect(state).toEqual({ state: "refused" });
});

test.each([
  ["request", "UPDATE sends SET request = '{\"to\":7}'"],
  ["wait_for", "UPDATE commands SET wait_for = 'sometime'"],
])("a stored request with an unreadable %s does not block the other requests", async (_column, damage) => {
  using store = openTestStore();
  await store.commands.add(commandOf(["+15550001"]), null);
  store.database.exec(damage);
  const next = { ...commandOf(["+15550003"]), requestId: "req_2" };
  const deliveries = next.deliveries.map((one) => ({ ...one, reference: "another" }));
  await store.commands.add({ ...next, deliveries }, null);
  expect(store.commands.openCommands().map(({ requestId }) => requestId)).toEqual(["req_2"]);
});

test("an unreadable request in the inbox does not block the other requests", async () => {
  using store = openTestStore();
  const request = { kind: "event", data: { command: "send_message" } } as const;
  await store.pendingRequests.save(request, 1);
  store.database.exec("UPDATE heard_requests SET data = '7'");
  await store.pendingRequests.save(request, 2);
  expect(store.pendingRequests.pending().map(({ receivedAt }) => receivedAt)).toEqual([2]);
});
