import type { Step, Schedule } from "../schedule/schedule.ts";

/** A schedule that showed a fault of the app, which has been mended since. */
export interface Found {
  /** What the app did wrong. */
  readonly fault: string;
  readonly schedule: Schedule;
  /** The name of the mutation that brings the fault back. */
  readonly mutation: string;
}

function scheduleOf(seed: number, actions: readonly Omit<Step, "id">[]): Schedule {
  return {
    seed,
    journal: "used",
    isAddressGiven: true,
    messagesPerDay: 200,
    callsPerDay: 50,
    steps: actions.map((step, index) => ({ id: index + 1, ...step })),
  };
}

export const FOUND: readonly Found[] = [
  {
    fault: "did not answer a held request in time when the system clock was set back",
    schedule: scheduleOf(118, [
      { at: 0, action: { kind: "Home Assistant becomes", state: "down", forMs: 90_000 } },
      { at: 1_000, action: { kind: "call comes", from: "+12125550123" } },
      { at: 2_000, action: { kind: "clock is set", aheadMs: -1_800_000 } },
    ]),
    mutation: "reads off the system clock how long a request is held",
  },
];
