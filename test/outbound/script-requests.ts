import { expect, vi } from "vitest";

import { THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";

type Result = Readonly<Record<string, unknown>>;

/** The only result that Home Assistant received. */
export async function result(house: TestHouse): Promise<Result> {
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(1), { interval: 5 });
  return house.fired("twilio_result")[0] ?? {};
}

/** The SID of the only message or call, as soon as it exists at Twilio. */
export async function sidOf(house: TestHouse): Promise<string> {
  const made = () => [...house.twilio.messages(), ...house.twilio.calls()];
  await vi.waitFor(() => expect(made()).toHaveLength(1), { interval: 5 });
  return made()[0]?.sid ?? "";
}

/** A request of `script.twilio_send_message`. */
export const message = (over: object = {}) => ({
  request_id: "r",
  command: "send_message",
  timeout: 20,
  payload: { to: THEIRS, message: "hi", ...over },
});
/** A request of `script.twilio_make_call`. */
export const call = (over: object = {}) => ({
  request_id: "r",
  command: "make_call",
  timeout: 20,
  payload: { to: THEIRS, say: "Fire!", ...over },
});
