import type { Random } from "../../random.ts";
import { between, several } from "../machine/random-streams.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import { end, fault } from "../schedule/random-actions.ts";
import type { Action } from "../schedule/schedule.ts";
import type { TimedAction } from "../schedule/walks.ts";
import type { AlarmPayload } from "./alarm-history.ts";
import { ALARM_NAMES } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";
import type { Mood } from "./people.ts";

/** The event that an alarm meets. Each seed with the role `alarm` takes the next one. */
export type AlarmEncounter = keyof typeof STEPS;

/** An alarm that meets an event. */
export interface AlarmPlan {
  readonly payload: AlarmPayload;
  readonly mood: Mood;
  /** The event. Its times are relative to the start of the alarm. */
  readonly steps: readonly TimedAction[];
}

/** Fields that make the wanted coincidence likely, the mood of the people, and the event. */
interface Encounter {
  readonly fields: Partial<AlarmPayload>;
  readonly mood?: Mood;
  readonly steps: readonly TimedAction[];
}

type Crash = Extract<Action, { readonly kind: "crash" }>;

const SECOND = 1_000;
/** Effects that follow the start of an alarm, and how many of them come until the crash. */
const AFTER_START: readonly Pick<Crash, "at" | "times">[] = [
  { at: "has committed", times: 1 },
  { at: "has committed", times: 1 },
  { at: "commits", times: 2 },
  { at: "commits", times: 2 },
  { at: "commits", times: 1 },
  { at: "asks Twilio to send", times: 1 },
];
const MESSAGE: AutomationWish = {
  command: "send_message",
  recipients: 1,
  isShared: false,
  waitFor: "accepted",
  seconds: 60,
  isScript: true,
  talks: "no",
};

const STEPS = {
  "nothing unusual": () => ({ fields: {}, steps: [] }),
  "a stop or crash": (random) => ({
    fields: { give_up_after: 120 },
    steps: [step(between(random, SECOND, 40 * SECOND), end(random))],
  }),
  /** The app crashes while it stores the alarm and its first calls, or directly afterwards. */
  "a crash at its start": (random, payload) => ({
    fields: { give_up_after: 120 },
    mood: "nobody",
    steps: [
      step(0, crashAtStart(random)),
      step(60 * SECOND, {
        kind: "alarm starts",
        payload: { ...payload, alarm: otherAlarm(payload.alarm), give_up_after: 120 },
      }),
      step(60 * SECOND, crashAtStart(random)),
    ],
  }),
  "a clock that is set": (random) => ({
    fields: { rounds: undefined, give_up_after: 90, calls: 2 },
    steps: fault(random, "clock is set").map((action) => step(between(random, SECOND, 40 * SECOND), action)),
  }),
  /** Twilio's statuses are late or lost, and mailboxes answer, so that calls last long. */
  "late statuses": (random) => ({
    fields: {
      people: random.pick([["Alice"], ["Bob", "Carol"]]),
      order: "all_at_once",
      rounds: undefined,
      give_up_after: 120,
      pause_seconds: 5,
      channels: ["call"],
    },
    mood: "mailboxes",
    steps: [
      step(0, {
        kind: "webhooks fail",
        faults: several(random, 3, 6, () => random.pick(["late", "lost", "never", "twice"] as const)),
      }),
    ],
  }),
  "Home Assistant away at its end": (random) => ({
    fields: { give_up_after: 40, calls: 1, ring_seconds: 10 },
    mood: random.pick(["nobody", "nobody", "some"]),
    steps: [
      step(between(random, 20 * SECOND, 38 * SECOND), {
        kind: "Home Assistant becomes",
        state: "down",
        forMs: between(random, 80 * SECOND, 120 * SECOND),
      }),
      ...lasting(120 * SECOND),
    ],
  }),
  /** The app is down when the alarm starts, for longer than the alarm may last. */
  "a late start": (random) => ({
    fields: { give_up_after: 40 },
    steps: [step(-2 * SECOND, { kind: "restart", downMs: between(random, 30 * SECOND, 100 * SECOND) })],
  }),
  /** A person calls back directly before the end, and listens without taking the alarm. */
  "a caller at its end": (random) => ({
    fields: {
      people: ["Alice", "Bob"],
      channels: ["call"],
      order: "one_by_one",
      ring_seconds: 10,
      calls: 1,
      pause_seconds: 20,
      rounds: undefined,
      give_up_after: 40,
    },
    mood: "nobody",
    steps: [
      step(between(random, 26 * SECOND, 39 * SECOND), {
        kind: "person calls",
        person: "Alice",
        presses: "",
      }),
    ],
  }),
  /** Twilio answers another request late, so that the app can still report results while it stops. */
  "a stop with a full disk": (random) => ({
    fields: {},
    steps: [
      step(-3 * SECOND, { kind: "Twilio fails", on: "send", faults: ["slow"] }),
      step(-3 * SECOND, { kind: "automation asks", wish: MESSAGE }),
      step(-between(random, 100, SECOND), { kind: "disk", isFull: true, commitMs: 0 }),
      step(between(random, 200, 7 * SECOND), {
        kind: "restart",
        downMs: random.pick([0, 200, 2 * SECOND]),
      }),
    ],
  }),
  /** Somebody takes the alarm, and does not always answer when the app asks again. */
  reminders: (random) => ({
    fields: {
      channels: random.pick([["call"], ["call"], ["call", "sms"]]),
      ring_seconds: 10,
      calls: 1,
      wait_seconds: 5,
      remind_seconds: random.pick([15, 25]),
      confirm: "key",
    },
    mood: random.pick(["some", "once"]),
    steps: [],
  }),
  "a full disk during its calls": (random) => ({
    fields: { channels: ["call"], order: "all_at_once" },
    mood: "some",
    steps: [
      step(between(random, 2 * SECOND, 10 * SECOND), { kind: "disk", isFull: true, commitMs: 0 }),
      ...lasting(between(random, 5 * SECOND, 20 * SECOND)),
    ],
  }),
} as const satisfies Readonly<Record<string, (random: Random, payload: AlarmPayload) => Encounter>>;

export const ALARM_ENCOUNTERS = Object.keys(STEPS) as readonly AlarmEncounter[];

/** Plans an alarm that meets an event. `payload` has the fields that the event leaves open. */
export function planAlarm(encounter: AlarmEncounter, payload: AlarmPayload, random: Random): AlarmPlan {
  const { fields, mood, steps }: Encounter = STEPS[encounter](random, payload);
  return {
    payload: { ...payload, ...fields },
    mood: mood ?? random.pick(["nobody", "some", "some"]),
    steps,
  };
}

function crashAtStart(random: Random): Crash {
  return {
    kind: "crash",
    after: "hears a frame",
    ...random.pick(AFTER_START),
    how: random.pick(["kill", "kill", "kill", "power"]),
    downMs: random.pick([0, 200, 2 * SECOND]),
  };
}

function otherAlarm(name: AlarmName): AlarmName {
  return ALARM_NAMES.find((other) => other !== name) ?? name;
}

function step(at: number, action: Action): TimedAction {
  return { at, action };
}

/** Makes the faults of a run last until twenty seconds after this time. */
function lasting(at: number): TimedAction[] {
  return [step(at, { kind: "message comes", from: "+12125550123" })];
}
