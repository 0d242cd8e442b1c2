import { expect, test } from "vitest";

import { end, settle } from "../../src/alarms/changes/settle.ts";
import { newAlarm } from "../../src/alarms/changes/start.ts";
import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { toDeliveredEvent } from "../../src/inbound/delivered-event.ts";
import type { LoggedEvent } from "../../src/inbound/logged-event.ts";
import { openTestStore } from "../journal/open-test-store.ts";
import { TERMS } from "./engine/alarm-with.ts";

function logged(state: string, fields: Partial<LoggedEvent> = {}): LoggedEvent {
  const data = { alarm: "Water", state, event_id: "e1" };
  return {
    seq: 1,
    type: "twilio_alarm",
    kind: null,
    data,
    receivedAt: 0,
    maybeDelivered: false,
    stale: false,
    ...fields,
  };
}

test.each(["started", "calling", "repeated"])(
  "an alarm's event `%s` that is older than 30 seconds reaches Home Assistant as twilio_data_missed",
  (state) => {
    expect(toDeliveredEvent(logged(state), 30_000).type).toBe("twilio_alarm");
    expect(toDeliveredEvent(logged(state), 31_000)).toMatchObject({
      type: "twilio_data_missed",
      data: { alarm: "Water", state, age_seconds: 31 },
    });
    expect(toDeliveredEvent(logged(state, { stale: true }), 0).type).toBe("twilio_data_missed");
  },
);

test.each(["taken", "closed", "unanswered", "stopped", "blocked"])(
  "an alarm's event `%s` reaches Home Assistant as twilio_alarm at any age, with its age in seconds",
  (state) => {
    expect(toDeliveredEvent(logged(state, { maybeDelivered: true }), 7_200_000)).toEqual({
      type: "twilio_alarm",
      data: { alarm: "Water", state, event_id: "e1", age_seconds: 7_200, redelivered: true },
    });
  },
);

test("the event `started` of an alarm that has already ended arrives as twilio_data_missed, and a repeated start request changes nothing", async () => {
  using store = openTestStore();
  const request = { requestId: "one", origin: "twilio_request", fingerprint: "f", receivedAt: 0 };
  const person = {
    name: "Alice",
    contact: null,
    number: "+12125550101",
    sender: null,
    push: null,
    pin: null,
  };
  const start = {
    name: "Water",
    message: "Water.",
    people: [{ ...person, channels: ["call"] as const }],
    terms: TERMS,
    firedAt: 0,
  };
  const begin = () =>
    store.alarms.request(request, { name: "Water" }, ({ lastEvent }, records) => {
      const context = { ...records, now: 0, chance: SYSTEM_CHANCE, whatsappTemplate: null };
      return { change: settle(newAlarm(start, null, lastEvent, context), context), response: { ok: true } };
    });
  const first = await begin();
  expect(first.kind).toBe("done");
  expect(await begin()).toEqual({ kind: "repeated", result: { ok: true } });
  const id = store.alarms.openAlarms()[0]?.alarm.id ?? "";
  expect(store.commands.openCommands()).toMatchObject([
    { requestId: `alarm:${id}:1`, priority: "alarm", deadline: 20_000, deliveries: [{ state: "waiting" }] },
  ]);
  await store.alarms.change(
    id,
    (stored, records) => {
      const context = { ...records, now: 1, chance: SYSTEM_CHANCE, whatsappTemplate: null };
      return settle(end({ ...stored, events: [], commands: [] }, "stopped", context), context);
    },
    1,
  );
  expect(store.alarms.openAlarms()).toEqual([]);
  expect(store.alarms.unsettledAlarms()).toEqual([id]);
  const events = await store.eventLog.takeNext(9);
  expect(events.map(({ data, stale }) => [data["state"] ?? "result", stale])).toEqual([
    ["started", true],
    ["calling", true],
    ["result", false],
    ["stopped", false],
  ]);
});

test("the result of one call or text of an alarm fires no twilio_result for automations", async () => {
  using store = openTestStore();
  const delivery = {
    position: 0,
    request: null,
    state: "waiting",
    result: null,
    reference: "r",
    postedAt: null,
    accepted: null,
  } as const;
  const command = {
    requestId: "alarm:x:1",
    command: "make_call",
    origin: "alarm",
    fingerprint: "f",
    waitFor: "queued",
    priority: "alarm",
    receivedAt: 0,
    deadline: 20_000,
    deliveries: [delivery],
  } as const;
  await store.commands.add(command, null);
  await store.commands.finish("alarm:x:1", { type: "twilio_result", kind: null, data: { ok: true } }, 1);
  expect(await store.eventLog.takeNext(9)).toEqual([]);
});
