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
])('after the error "%s", an event that the app wanted to fire counts as %s', async (failure, kind) => {
  expect(await fireOutcomeOf(Promise.reject(failure))).toMatchObject({ kind });
});

test("an event that Home Assistant has accepted counts as `fired`", async () => {
  expect(await fireOutcomeOf(Promise.resolve())).toEqual({ kind: "fired" });
});

test("the event bus of the app fires events over its connection, and reports Home Assistant as running only while the connection works", async () => {
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
