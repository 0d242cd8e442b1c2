import { expect, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { startHouse } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";

export interface TalkHouse extends TestHouse {
  /** Asks for a step as `script.twilio_talk` does; resolves with its `twilio_result`. */
  talk(call: string, step: Readonly<Record<string, unknown>>, requestId?: string): Promise<Result>;
  /** Ends the app and starts it again, as an update does. Calls ask the app for nothing until it is back. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** The result of a request, when it is there. */
  result(requestId: string): Promise<Result>;
  /** Lets so many milliseconds pass at once. */
  advance(ms: number): void;
  /** From now on time passes by itself. */
  startClock(): void;
}

export type Result = Readonly<Record<string, unknown>>;

/**
 * A house in which automations talk. Incoming calls are held for three seconds, but time stands still: no deadline
 * passes before a test says so, however slow the machine is.
 */
export async function startTalkHouse(
  options: Readonly<Record<string, unknown>> = {},
  twilioOptions: TwilioSimulatorOptions = {},
): Promise<TalkHouse> {
  const clock = createTestClock();
  const house = await startHouse(
    { incoming_calls: { wait_seconds: 3, otherwise: "reject" }, ...options },
    twilioOptions,
    { clock },
  );
  let time = clock.stop();
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
    advance: (ms) => time.advance(ms),
    startClock: () => time[Symbol.dispose](),
    async restart(meanwhile) {
      // A stopping app gives its open work a time.
      time[Symbol.dispose]();
      await house.twilio.holdCalls(async () => {
        await house.app.restart(meanwhile);
        await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
      });
      time = clock.stop();
    },
    talk(call, step, requestId = `step_${(asked += 1)}`) {
      house.request({ request_id: requestId, command: "talk", timeout: 60, payload: { call, ...step } });
      return result(requestId);
    },
    async [Symbol.asyncDispose]() {
      time[Symbol.dispose]();
      await house[Symbol.asyncDispose]();
    },
  };
}
