import { expect, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, startHouse } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import type { SimulatedCall } from "../twilio-simulator/phone/simulated-call.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";

export const ALICE = "+12125550101";
export const BOB = "+12125550102";
export const CAROL = "+12125550103";

export type AlarmData = Readonly<Record<string, unknown>>;

export interface AlarmHouse extends TestHouse {
  /** Requests an alarm as `script.twilio_alarm` does; resolves with its `twilio_result`. */
  alarm(payload: AlarmData | string, requestId?: string): Promise<AlarmData>;
  /** Waits for the next call to a number. */
  rings(number: string): Promise<SimulatedCall>;
  /** Moves the clock until a number is called again. Returns the seconds. */
  secondsUntilRing(number: string): Promise<number>;
  /** Waits for the next call to a number, and lets it ring out. */
  ringsOut(number: string): Promise<void>;
  /** Waits for the next call to a number, and answers it. */
  answers(number: string): Promise<SimulatedCall>;
  /** Waits for an event `twilio_alarm` with this state. */
  hears(state: string): Promise<AlarmData>;
  /** The states of all events `twilio_alarm` so far, with the person. */
  states(): string[];
  /** Writes a text message to the house. */
  writes(from: string, body: string): Promise<void>;
  /** The newest text message to a number that fits the pattern. */
  text(number: string, pattern?: RegExp): Promise<string>;
  /** How many calls were made to a number. */
  callsTo(number: string): number;
  /** Moves the clock forward by this number of seconds. */
  advance(seconds: number): void;
  /** Sets the system clock ahead by this number of seconds, or back if it is negative. */
  setClock(seconds: number): void;
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
}

/** A house with contacts, in which the clock stands still until a test moves it. */
export async function startAlarmHouse(
  options: Readonly<Record<string, unknown>> = {},
  twilioOptions: TwilioSimulatorOptions = {},
): Promise<AlarmHouse> {
  const clock = createTestClock();
  const contacts = [
    { name: "Alice", number: ALICE, push: "mobile_app_alice", pin: "4711" },
    { name: "Bob", number: BOB },
    { name: "Carol", number: CAROL },
  ];
  const house = await startHouse({ contacts, default_sender: OURS, ...options }, twilioOptions, { clock });
  let time = clock.stop();
  let asked = 0;
  const answered = new Set<string>();

  async function result(requestId: string): Promise<AlarmData> {
    const results = () => house.fired("twilio_result").filter((data) => data["request_id"] === requestId);
    await vi.waitFor(() => expect(results()).not.toEqual([]), { interval: 5 });
    return results()[0] ?? {};
  }

  const callsTo = (number: string) => house.twilio.calls().filter(({ to }) => to === number);

  async function rings(number: string): Promise<SimulatedCall> {
    const isNew = ({ sid, status }: { sid: string; status: string }): boolean =>
      !answered.has(sid) && ["queued", "initiated", "ringing"].includes(status);
    await vi.waitFor(() => expect(callsTo(number).some(isNew)).toBe(true), { interval: 5 });
    return house.twilio.call(callsTo(number).find(isNew)?.sid ?? "");
  }

  return {
    ...house,
    alarm(payload, requestId = `alarm_request_${(asked += 1)}`) {
      house.request({ request_id: requestId, command: "alarm", payload });
      return result(requestId);
    },
    rings,
    async secondsUntilRing(number) {
      const before = callsTo(number).length;
      let seconds = 0;
      await vi.waitFor(
        () => {
          seconds += 1;
          time.advance(1_000);
          expect(callsTo(number).length).toBeGreaterThan(before);
        },
        { interval: 20 },
      );
      return seconds;
    },
    async ringsOut(number) {
      const { sid } = await rings(number);
      answered.add(sid);
      await house.twilio.advanceCall(sid, "no-answer");
    },
    async answers(number) {
      const { sid } = await rings(number);
      answered.add(sid);
      return house.twilio.answer(sid);
    },
    async hears(state) {
      const found = () => house.fired("twilio_alarm").filter((data) => data["state"] === state);
      await vi.waitFor(() => expect(found()).not.toEqual([]), { interval: 5 });
      return found().at(-1) ?? {};
    },
    states: () =>
      house
        .fired("twilio_alarm")
        .map(({ state, person }) =>
          typeof person === "string" ? `${String(state)} ${person}` : String(state),
        ),
    async writes(from, body) {
      await house.twilio.receiveMessage({ from, to: OURS, body });
    },
    async text(number, pattern = /./) {
      const found = () =>
        house.twilio.messages().filter(({ to, body }) => to === number && pattern.test(body));
      await vi.waitFor(() => expect(found()).not.toEqual([]), { interval: 5 });
      return found().at(-1)?.body ?? "";
    },
    callsTo: (number) => callsTo(number).length,
    advance: (seconds) => time.advance(seconds * 1_000),
    setClock: (seconds) => time.set(seconds * 1_000),
    async restart(meanwhile) {
      time[Symbol.dispose]();
      await house.twilio.holdCalls(async () => {
        await house.app.restart(meanwhile);
        await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
      });
      time = clock.stop();
    },
    async [Symbol.asyncDispose]() {
      time[Symbol.dispose]();
      await house[Symbol.asyncDispose]();
    },
  };
}
