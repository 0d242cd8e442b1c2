import type { AutomationWish } from "../neighbours/automations.ts";
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
    receiving: "port",
    isAddressGiven: true,
    messagesPerDay: 200,
    callsPerDay: 50,
    steps: actions.map((step, index) => ({ id: index + 1, ...step })),
  };
}

/** Asked again every five seconds: the app does not say "delivered" for so long. */
const SENT_MESSAGE: AutomationWish = {
  command: "send_message",
  recipients: 1,
  isShared: false,
  waitFor: "delivered",
  seconds: 60,
  isScript: true,
  talks: "no",
};

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
  {
    fault: "called a request failed that it had sent, when it was stopped with a full disk",
    schedule: scheduleOf(132, [
      { at: 1_000, action: { kind: "automation asks", wish: SENT_MESSAGE } },
      { at: 1_500, action: { kind: "disk", isFull: true, commitMs: 0 } },
      { at: 9_000, action: { kind: "restart", downMs: 200 } },
    ]),
    mutation: "calls a repeated request failed that it cannot keep",
  },
];
