import { expect, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { startHouse } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";

export interface TalkHouse extends TestHouse {
  /** Requests a step as `script.twilio_talk` does; resolves with its `twilio_result`. */
  talk(call: string, step: Readonly<Record<string, unknown>>, requestId?: string): Promise<Result>;
  /** Restarts the app, as an update does. Calls send no webhooks until the app has started. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Waits for the result of a request. */
  result(requestId: string): Promise<Result>;
  /** Moves the clock forward by this number of milliseconds. */
  advance(ms: number): void;
  /** Moves the clock forward in steps of `stepMs` milliseconds until the condition is true. */
  passUntil(isSo: () => boolean, stepMs: number): Promise<void>;
  /** Moves the clock forward in short steps until the promise is settled. */
  passWhile<Result>(promise: Promise<Result>): Promise<Result>;
  /** Lets the clock run from now on. */
  startClock(): void;
}

export type Result = Readonly<Record<string, unknown>>;

/**
 * Starts a house in which automations talk on calls. Incoming calls wait three seconds for a first step. The clock
 * stands, so no deadline passes before a test moves the clock, however slow the machine is.
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
  async function passUntil(isSo: () => boolean, stepMs: number): Promise<void> {
    await vi.waitFor(() => {
      if (isSo()) return;
      time.advance(stepMs);
      throw new Error("The condition does not become true, although time passes.");
    });
  }
  return {
    ...house,
    result,
    passUntil,
    async passWhile(promise) {
      let isSettled = false;
      const settled = promise.finally(() => (isSettled = true));
      await Promise.all([settled, passUntil(() => isSettled, 200)]);
      return await settled;
    },
    advance: (ms) => time.advance(ms),
    startClock: () => time[Symbol.dispose](),
    async restart(meanwhile) {
      // A stopping app waits some seconds for its open work, so the clock must run again.
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
