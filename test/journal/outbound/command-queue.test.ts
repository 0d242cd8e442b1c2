import { expect, test } from "vitest";

import { deliveryEndOf, recipientResult } from "../../../src/outbound/delivery/result.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { openTestStore } from "../open-test-store.ts";

const DAY = 86_400_000;
const COMMAND = commandOf(["+15550001", "+15550003"]);
const RESULT = recipientResult(
  "+15550001",
  deliveryEndOf({ kind: "accepted", sid: "SM1", status: "queued", segments: 1 }),
);
const OUTCOME = { type: "twilio_result", kind: null, data: { ok: true } } as const;

test("requests that have not finished are read as they were stored", async () => {
  using store = openTestStore();
  const queue = store.commands;
  await queue.add(COMMAND, null);
  expect(queue.openCommands()).toEqual([COMMAND]);
  await queue.markPosting("req_1", { position: 0, reference: "req_1-0" }, 5);
  await queue.markPosting("req_1", { position: 1, reference: "req_1-1" }, 6);
  await queue.markDone("req_1", 0, RESULT);
  expect(
    queue.openCommands()[0]?.deliveries.map(({ state, result, postedAt }) => [state, result, postedAt]),
  ).toEqual([
    ["done", RESULT, 5],
    ["posting", null, 6],
  ]);
  await queue.markWaiting("req_1", 1);
  expect(queue.openCommands()[0]?.deliveries[1]).toMatchObject({ state: "waiting", postedAt: null });
});

test("a delivery that is done is never read again as waiting", async () => {
  using store = openTestStore();
  await store.commands.add(COMMAND, null);
  await store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 5);
  await store.commands.markDone("req_1", 0, RESULT);
  await store.commands.markWaiting("req_1", 0);
  await store.commands.markPosting("req_1", { position: 0, reference: "req_1-0" }, 9);
  expect(store.commands.openCommands()[0]?.deliveries[0]).toMatchObject({ state: "done", postedAt: 5 });
});

test("a repeated request_id gets the stored result, and no result while its first request is in progress", async () => {
  using store = openTestStore();
  const queue = store.commands;
  expect(await queue.add(COMMAND, null)).toEqual({ kind: "added", command: COMMAND });
  expect(await queue.add(COMMAND, null)).toEqual({ kind: "repeated", result: null });
  await queue.finish("req_1", OUTCOME, 2);
  expect(await queue.add(COMMAND, null)).toEqual({ kind: "repeated", result: { ok: true } });
});

test("a repeated request_id is refused if its action or its payload differs from the first request", async () => {
  using store = openTestStore();
  await store.commands.add(COMMAND, null);
  const other = { ...COMMAND, fingerprint: "other" };
  expect(await store.commands.add(other, null)).toEqual({ kind: "id_reused" });
  expect(store.commands.openCommands()).toHaveLength(1);
});

test("two identical requests at the same time are stored as one request", async () => {
  using store = openTestStore();
  const added = await Promise.all([store.commands.add(COMMAND, null), store.commands.add(COMMAND, null)]);
  expect(added.map(({ kind }) => kind)).toEqual(["added", "repeated"]);
});

test("a finished request leaves one result event in the event log", async () => {
  using store = openTestStore();
  await store.commands.add(COMMAND, null);
  await store.commands.finish("req_1", OUTCOME, 2);
  await store.commands.finish("req_1", OUTCOME, 3);
  expect(store.commands.openCommands()).toEqual([]);
  expect((await store.eventLog.takeNext(5)).map(({ type, data }) => ({ type, data }))).toEqual([
    { type: "twilio_result", data: { ok: true } },
  ]);
});

test("a new request is removed from the inbox when it is stored", async () => {
  using store = openTestStore();
  await store.pendingRequests.save({ kind: "event", data: {} }, 7);
  const [pending] = store.pendingRequests.pending();
  expect(pending?.receivedAt).toBe(7);
  await store.commands.add(COMMAND, pending?.seq ?? null);
  expect(store.pendingRequests.pending()).toEqual([]);
});

test("each recipient of a request counts against the daily limit, and the recipients above the limit are refused", async () => {
  using store = openTestStore(":memory:", { messagesPerDay: 3 });
  const add = async (id: string, recipients: readonly string[], receivedAt: number): Promise<unknown> => {
    const added = await store.commands.add(commandOf(recipients, { requestId: id, receivedAt }), null);
    return added.kind === "added"
      ? added.command.deliveries.map(({ result }) => result?.error?.code ?? null)
      : added.kind;
  };
  expect(await add("a", ["+1", "+2"], 0)).toEqual([null, null]);
  expect(await add("b", ["+1", "+2"], 1)).toEqual([null, "limit_reached"]);
  expect(await add("c", ["+1"], DAY - 1)).toEqual(["limit_reached"]);
  expect(await add("d", ["+1", "+2", "+3"], DAY)).toEqual([null, null, "limit_reached"]);
});

test("a delivery that was never sent does not count against the daily limit", async () => {
  using store = openTestStore(":memory:", { messagesPerDay: 1 });
  await store.commands.add(commandOf(["+1"], { requestId: "a" }), null);
  const error = { code: "timeout", message: "", more_info: null };
  await store.commands.markDone("a", 0, { ...RESULT, sid: null, error });
  const added = await store.commands.add(commandOf(["+1"], { requestId: "b" }), null);
  expect(added).toMatchObject({ command: { deliveries: [{ result: null }] } });
});

test("messages do not count against the daily limit of calls", async () => {
  using store = openTestStore(":memory:", { callsPerDay: 0 });
  expect(await store.commands.add(COMMAND, null)).toEqual({ kind: "added", command: COMMAND });
});
