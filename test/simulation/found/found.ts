import type { AlarmPayload } from "../alarms/alarm-history.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import type { Receiving, Step, Schedule } from "../schedule/schedule.ts";

/** A schedule that showed a fault of the app. The fault has been fixed since. */
export interface Found {
  /** The fault of the app. */
  readonly fault: string;
  readonly schedule: Schedule;
  /** The name of the mutation that brings the fault back. */
  readonly mutation: string;
}

function scheduleOf(
  seed: number,
  actions: readonly Omit<Step, "id">[],
  receiving: Receiving = "port",
): Schedule {
  return {
    seed,
    journal: "used",
    receiving,
    isAddressGiven: receiving === "port",
    messagesPerDay: 200,
    callsPerDay: 50,
    steps: actions.map((step, index) => ({ id: index + 1, ...step })),
  };
}

/**
 * A message that its script requests again every five seconds, because the app does not say "delivered" for so long.
 */
const SENT_MESSAGE: AutomationWish = {
  command: "send_message",
  recipients: 1,
  isShared: false,
  waitFor: "delivered",
  seconds: 60,
  isScript: true,
  talks: "no",
};

const ALARM: AlarmPayload = {
  alarm: "Smoke",
  message: "There is smoke.",
  people: ["Bob", "Carol"],
  channels: ["call"],
  order: "one_by_one",
  ring_seconds: 10,
  calls: 1,
  wait_seconds: 5,
  pause_seconds: 5,
  give_up_after: 40,
  quiet_seconds: 10,
  remind_seconds: 0,
  confirm: "key",
  inform: "none",
  at_end: ["sms"],
};

/** An alarm that stays taken, because its owner is reminded of it. */
const REMINDED_ALARM: AlarmPayload = { ...ALARM, remind_seconds: 120 };

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
  {
    fault: "fired a later event before an earlier one that Home Assistant had refused",
    schedule: scheduleOf(1, [
      { at: 0, action: { kind: "Home Assistant is slow", latencyMs: [1_000, 2_500] } },
      { at: 10_000, action: { kind: "Home Assistant refuses events", code: "unauthorized" } },
      ...Array.from({ length: 12 }, (_, count) => ({
        at: 11_000 + 1_000 * count,
        action: { kind: "message comes", from: "+12125550123" } as const,
      })),
      { at: 22_500, action: { kind: "Home Assistant refuses events", code: null } },
    ]),
    mutation: "fires newer events while Home Assistant refuses an older one",
  },
  {
    fault:
      "called a repeated request failed that waited in the journal, when it was stopped with a full disk",
    schedule: scheduleOf(1896, [
      { at: 55_263, action: { kind: "Home Assistant becomes", state: "starting", forMs: 15_000 } },
      { at: 63_026, action: { kind: "automation asks", wish: { ...SENT_MESSAGE, waitFor: "accepted" } } },
      { at: 69_502, action: { kind: "disk", isFull: true, commitMs: 121 } },
      { at: 84_595, action: { kind: "restart", downMs: 0 } },
    ]),
    mutation: "calls a repeated request failed that waits in the journal",
  },
  {
    fault: "let a call act that came before the machine started, because Twilio reported its age after that",
    schedule: {
      ...scheduleOf(1028, [
        { at: 30_000, action: { kind: "webhooks fail", faults: ["answer lost", "lost", "lost"] } },
        { at: 30_000, action: { kind: "Twilio fails", on: "read", faults: ["slow", "slow", "slow"] } },
        { at: 30_010, action: { kind: "call comes", from: "+12125550123" } },
        {
          at: 30_400,
          action: { kind: "crash", after: null, at: "a wait ends", times: 1, how: "power", downMs: 2_000 },
        },
      ]),
      journal: "lost",
    },
    mutation: "lets a call act whose age Twilio reports after the machine started",
  },
  {
    fault: "called a step on a call done that the relay had not received in time",
    schedule: scheduleOf(
      201,
      [
        { at: 12_650, action: { kind: "call comes", from: "+442079460123" } },
        { at: 12_664, action: { kind: "call comes", from: "+12125550123" } },
        {
          at: 12_731,
          action: {
            kind: "crash",
            after: "hears a frame",
            at: "has committed",
            times: 3,
            how: "kill",
            downMs: 200,
          },
        },
        { at: 17_114, action: { kind: "clock is set", aheadMs: 21_000 } },
      ],
      "relay",
    ),
    mutation: "calls a step done that Twilio did not get in time",
  },
  {
    fault: "ended an alarm before it had called anybody, because Home Assistant's clock was behind",
    schedule: {
      ...scheduleOf(57, [
        { at: 1_000, action: { kind: "clock is set", aheadMs: 47_000 } },
        { at: 5_000, action: { kind: "alarm starts", payload: ALARM } },
      ]),
      alarms: { mood: "nobody", triesPerDay: 200 },
    },
    mutation: "ends a late alarm before it has called anybody",
  },
  {
    fault: "ended an alarm at once and asked nobody, because a new start came late and opened it again",
    schedule: {
      ...scheduleOf(2305, [
        { at: 5_000, action: { kind: "alarm starts", payload: REMINDED_ALARM } },
        { at: 10_000, action: { kind: "alarm is asked", alarm: "Smoke", do: "take", person: "Bob" } },
        { at: 20_000, action: { kind: "Home Assistant becomes", state: "down", forMs: 60_000 } },
        {
          at: 21_000,
          action: { kind: "alarm starts", payload: { ...REMINDED_ALARM, message: "Smoke is rising." } },
        },
        // Faults last until twenty seconds after the last step.
        { at: 60_000, action: { kind: "message comes", from: "+12125550123" } },
      ]),
      alarms: { mood: "nobody", triesPerDay: 200 },
    },
    mutation: "ends an alarm at once that a late start has opened again",
  },
  {
    fault: "reported that the time of a step on a call was up, although the call was over",
    schedule: scheduleOf(5, [
      { at: 10_000, action: { kind: "call comes", from: "+12125550123" } },
      { at: 13_000, action: { kind: "Home Assistant becomes", state: "starting", forMs: 90_000 } },
      // Faults last until twenty seconds after the last step.
      { at: 70_000, action: { kind: "message comes", from: "+12125550123" } },
    ]),
    mutation: "calls a step's time up without asking Twilio whether the call is over",
  },
  {
    fault:
      "said a step on a call after its time was up, because its request waited while Home Assistant started",
    schedule: scheduleOf(24, [
      { at: 10_000, action: { kind: "call comes", from: "+12125550123" } },
      { at: 13_000, action: { kind: "Home Assistant becomes", state: "starting", forMs: 15_000 } },
    ]),
    mutation: "says a step after its time was up",
  },
];
