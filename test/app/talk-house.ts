import { expect, vi } from "vitest";

import type { AppSettings } from "../../src/app-settings.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/start-twilio-simulator.ts";
import { startHouse } from "./start-house.ts";
import type { TestHouse } from "./start-house.ts";

export interface TalkHouse extends TestHouse {
  /** Asks for a step as `script.twilio_talk` does; resolves with its `twilio_result`. */
  talk(call: string, step: Readonly<Record<string, unknown>>, requestId?: string): Promise<Result>;
  /** Ends the app and starts it again, as an update does. */
  restart(): Promise<void>;
  /** The result of a request, when it is there. */
  result(requestId: string): Promise<Result>;
}

export type Result = Readonly<Record<string, unknown>>;

/** A house in which automations talk: incoming calls are held for three seconds. */
export async function startTalkHouse(
  options: Readonly<Record<string, unknown>> = {},
  twilioOptions: TwilioSimulatorOptions = {},
  settings: Partial<AppSettings> = {},
): Promise<TalkHouse> {
  const house = await startHouse(
    { incoming_calls: { wait_seconds: 3, otherwise: "reject" }, ...options },
    twilioOptions,
    settings,
  );
  let asked = 0;
  async function result(requestId: string): Promise<Result> {
    const results = (): Result[] =>
      house.fired("twilio_result").filter((data) => data["request_id"] === requestId);
    await vi.waitFor(() => expect(results()).not.toEqual([]), { interval: 5 });
    return results()[0] ?? {};
  }
  return {
    ...house,
    result,
    async restart() {
      await house.app.restart();
      await vi.waitFor(() => expect(house.home.subscriptions()).toBe(1));
    },
    talk(call, step, requestId = `step_${(asked += 1)}`) {
      house.request({ request_id: requestId, command: "talk", timeout: 60, payload: { call, ...step } });
      return result(requestId);
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}
