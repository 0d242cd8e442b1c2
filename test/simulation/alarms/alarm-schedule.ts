import type { Random } from "../../random.ts";
import { between, createRandomStreams, several } from "../machine/random-streams.ts";
import { end, fault } from "../schedule/random-actions.ts";
import type { Role } from "../schedule/role.ts";
import type { TimedAction } from "../schedule/walks.ts";
import { planAlarm } from "./alarm-encounter.ts";
import type { AlarmEncounter } from "./alarm-encounter.ts";
import type { AlarmPayload } from "./alarm-history.ts";
import { ALARM_CONTACTS, ALARM_NAMES } from "./alarm-people.ts";
import type { AlarmName } from "./alarm-people.ts";
import type { Mood } from "./people.ts";

/** A step of a schedule that starts an alarm, or that asks an automation to take or stop one. */
export type AlarmAction =
  | { readonly kind: "alarm starts"; readonly payload: AlarmPayload }
  | {
      readonly kind: "alarm is asked";
      readonly alarm: AlarmName;
      readonly do: "take" | "stop";
      readonly person: string;
    }
  /** A person calls the account's number, and presses these keys at each question. */
  | { readonly kind: "person calls"; readonly person: string; readonly presses: string };

export interface AlarmSettings {
  readonly mood: Mood;
  readonly triesPerDay: number;
}

/**
 * One in this many seeds of other roles has alarms, too. It has no common divisor with the number of roles, so that all
 * roles get alarms.
 */
const EVERY = 5;
/** The latest start of an alarm, in milliseconds. Alarms must end before the run does. */
const LATEST_START_MS = 90_000;

/** The start of the alarm of a seed with the role `alarm`, in milliseconds. The app has started by then. */
const START_MS = [3_000, 20_000] as const;

/** The alarms of a seed beside its other steps, or null if the seed has none. */
export function alarmsOf(
  seed: number,
  role: Role,
): { readonly settings: AlarmSettings; readonly steps: readonly TimedAction[] } | null {
  const random = createRandomStreams(seed)("alarms");
  if (role.kind === "alarm") return encounterOf(role.encounter, random);
  if (role.kind === "encounter" || seed % EVERY !== 0) return null;
  const settings: AlarmSettings = {
    mood: random.pick(["nobody", "some", "some"]),
    triesPerDay: random.pick([200, 200, 200, 200, 3]),
  };
  return { settings, steps: several(random, 1, 3, () => startAndAfter(random)).flat() };
}

/** One alarm that meets an event. Rarely, an automation starts it again, takes it or stops it. */
function encounterOf(encounter: AlarmEncounter, random: Random) {
  const { payload, mood, steps } = planAlarm(encounter, payloadOf(random), random);
  const at = between(random, ...START_MS);
  return {
    settings: { mood, triesPerDay: 200 },
    steps: [
      ...(random.below(4) === 0
        ? startsOf(payload, at, random)
        : [{ at, action: { kind: "alarm starts" as const, payload } }]),
      ...steps.map(({ at: after, action }) => ({ at: Math.max(0, at + after), action })),
    ],
  };
}

function startAndAfter(random: Random): TimedAction[] {
  const at = between(random, 0, LATEST_START_MS);
  return [...startsOf(payloadOf(random), at, random), ...interruptions(random, at)];
}

/** An automation starts an alarm. Sometimes it starts it again, or another automation takes or stops it. */
function startsOf(payload: AlarmPayload, at: number, random: Random): TimedAction[] {
  const start: TimedAction = { at, action: { kind: "alarm starts", payload } };
  const message = random.pick([payload.message, `${payload.alarm} is rising.`]);
  const again: TimedAction = {
    at: at + between(random, 0, 60_000),
    action: { kind: "alarm starts", payload: { ...payload, message } },
  };
  const asked: TimedAction = {
    at: at + between(random, 500, 90_000),
    action: {
      kind: "alarm is asked",
      alarm: payload.alarm,
      do: random.pick(["take", "stop"]),
      person: random.pick(payload.people),
    },
  };
  return [start, ...(random.below(3) === 0 ? [again] : []), ...(random.below(5) === 0 ? [asked] : [])];
}

/** The app ends, or its clock is set, while the alarm goes on. */
function interruptions(random: Random, at: number): TimedAction[] {
  const within = (action: TimedAction["action"]): TimedAction => ({
    at: at + between(random, 1_000, 40_000),
    action,
  });
  return [
    ...(random.below(2) === 0 ? [within(end(random))] : []),
    ...(random.below(4) === 0 ? fault(random, "clock is set").map(within) : []),
  ];
}

function payloadOf(random: Random): AlarmPayload {
  const alarm = random.pick(ALARM_NAMES);
  const people = ALARM_CONTACTS.map(({ name }) => name).filter(() => random.below(3) > 0);
  return {
    alarm,
    message: `There is ${alarm.toLowerCase()}.`,
    people: people.length > 0 ? people : ["Alice"],
    channels: random.pick([
      ["call"],
      ["call"],
      ["call", "sms"],
      ["call", "push"],
      ["call", "sms", "push"],
      ["sms"],
    ] as const),
    order: random.pick(["one_by_one", "one_by_one", "all_at_once"]),
    ring_seconds: random.pick([10, 25]),
    calls: random.pick([1, 2]),
    wait_seconds: random.pick([5, 20]),
    pause_seconds: random.pick([5, 20]),
    ...(random.below(3) === 0 ? { rounds: random.pick([1, 2]) } : {}),
    give_up_after: random.pick([40, 90, 120]),
    quiet_seconds: random.pick([10, 40]),
    remind_seconds: random.pick([0, 0, 0, 20]),
    confirm: random.pick(["key", "key", "twice"]),
    inform: random.pick(["none", "reached", "all"]),
    at_end: random.pick([["sms", "push"], ["sms"], ["push", "sms"]] as const),
  };
}
