import { expect, test } from "vitest";

import {
  HomeAssistantRefusedError,
  HomeAssistantUnavailableError,
} from "../../../src/home-assistant/connection/errors.ts";
import { createEventBus, fireOutcomeOf } from "../../../src/home-assistant/events/fire-event.ts";

test.each([
  [new HomeAssistantUnavailableError("closed", false), "away"],
  [new HomeAssistantUnavailableError("closed", true), "maybe_delivered"],
  [new HomeAssistantRefusedError("invalid_format", "too long"), "refused"],
  [new HomeAssistantRefusedError("unauthorized", "no administrator"), "forbidden"],
  [new HomeAssistantRefusedError("id_reuse", "out of step"), "forbidden"],
])("after %s, the outcome of a fired event is %s", async (failure, kind) => {
  expect(await fireOutcomeOf(Promise.reject(failure))).toMatchObject({ kind });
});

test("an event that Home Assistant has accepted has the outcome fired", async () => {
  expect(await fireOutcomeOf(Promise.resolve())).toEqual({ kind: "fired" });
});

test("the event bus fires events through the connection, and says that it runs only while the connection does", async () => {
  const fired: unknown[] = [];
  const connection = {
    running: true,
    fireEvent: (type: string, data: object) => Promise.resolve(void fired.push([type, data])),
  };
  const bus = createEventBus(connection);
  expect(await bus.fire("twilio_result", { ok: true })).toEqual({ kind: "fired" });
  expect(fired).toEqual([["twilio_result", { ok: true }]]);
  expect(bus.isRunning()).toBe(true);
  connection.running = false;
  expect(bus.isRunning()).toBe(false);
});
