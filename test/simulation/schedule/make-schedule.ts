import type { Random } from "../../random.ts";
import { alarmsOf } from "../alarms/alarm-schedule.ts";
import { between, createRandomStreams, several } from "../machine/random-streams.ts";
import { CALM } from "./calm.ts";
import { encounterOf } from "./encounters.ts";
import { CALLERS, end, fault, traffic } from "./random-actions.ts";
import { roleOf } from "./role.ts";
import type { Role } from "./role.ts";
import type { Action, Receiving, Schedule } from "./schedule.ts";
import { walkToCrash, walkToEnd, walkToFault } from "./walks.ts";
import type { TimedAction } from "./walks.ts";

const RECEIVING: readonly Receiving[] = ["port", "port", "port", "relay", "relay", "polling"];
/** The people of alarms can only press keys on calls if Twilio reaches the app. */
const ALARM_RECEIVING: readonly Receiving[] = ["port", "port", "port", "relay"];
/** The sources of calm seeds. Promptness is measured from the answer to a webhook, which polling does not have. */
const CALM_RECEIVING: readonly Receiving[] = ["port", "relay"];
/** The time over which the steps are spread, in milliseconds. */
const LONGEST_MS = 180_000;

/**
 * Makes the schedule of a seed. The kind of an action is chosen before its time. A crash at a rare effect is therefore as
 * likely as a crash at a frequent one, so that rare coincidences occur, too.
 */
export function makeSchedule(seed: number): Schedule {
  const random = createRandomStreams(seed)("schedule");
  const lengthMs = between(random, 10_000, LONGEST_MS);
  const role = roleOf(seed);
  const alarms = alarmsOf(seed, role);
  const alone: Action[] = [
    ...several(random, 0, 4, () => traffic(random)),
    ...several(random, 0, 2, () => fault(random)).flat(),
  ];
  // Other faults would hide the coincidence.
  const isAlone = role.kind === "alarm" || role.kind === "encounter";
  const others: TimedAction[] = isAlone
    ? []
    : [...alone.map((action) => ({ at: between(random, 0, lengthMs), action })), ...bursts(random, lengthMs)];
  const steps = others
    .concat(stepsOf(role, random, lengthMs), alarms?.steps ?? [])
    .filter(({ action }) => role.kind !== "calm" || CALM.has(action.kind))
    .toSorted((a, b) => a.at - b.at);
  const receiving = isAboutRelay(role) ? "relay" : random.pick(receivingOf(role));
  if (receiving === "polling") steps.unshift(...pollingStarts(random));
  return {
    seed,
    receiving,
    // Without its journal, the app does not know its relay.
    journal:
      receiving === "relay" || role.kind === "encounter"
        ? "used"
        : random.pick(["used", "used", "used", "used", "new", "lost"]),
    isAddressGiven: receiving === "port" && random.below(6) > 0,
    messagesPerDay: random.below(4) === 0 ? 3 : 200,
    callsPerDay: random.below(4) === 0 ? 2 : 50,
    ...(alarms === null ? {} : { alarms: alarms.settings }),
    steps: steps.map((step, index) => ({ id: index + 1, ...step })),
  };
}

function receivingOf(role: Role): readonly Receiving[] {
  switch (role.kind) {
    case "encounter":
      return role.encounter === "a late note of the relay" ? ["relay"] : ["port"];
    case "calm":
      return CALM_RECEIVING;
    case "alarm":
      // The relay gives up before the app is too late for Twilio.
      return role.encounter === "a full disk during its calls" ? ["port"] : ALARM_RECEIVING;
    case "crash":
    case "fault":
    case "end":
      return RECEIVING;
  }
}

function isAboutRelay(role: Role): boolean {
  if (role.kind !== "crash") return false;
  const { after, at } = role.combination.place;
  return after === "answers the relay" || at === "answers the relay";
}

/** Messages that come while Twilio cannot be read yet. */
function pollingStarts(random: Random): TimedAction[] {
  const faults = several(random, 4, 8, () => random.pick(["refused", "error before", "slow"] as const));
  const messages = several(random, 1, 2, (): TimedAction => ({
    at: between(random, 0, 10_000),
    action: { kind: "message comes", from: random.pick(CALLERS) },
  }));
  return [{ at: 0, action: { kind: "Twilio fails", on: "read", faults } }, ...messages];
}

function stepsOf(role: Role, random: Random, lengthMs: number): TimedAction[] {
  const at = between(random, 0, lengthMs);
  switch (role.kind) {
    case "encounter":
      return encounterOf(role.encounter, random, at);
    case "calm":
      return meetings(random, lengthMs);
    case "crash":
      return walkToCrash(role.combination, random, at);
    case "fault":
      return walkToFault(role.combination, random, at);
    case "end":
      return walkToEnd(role.combination, random, at);
    case "alarm":
      return [];
  }
}

/** Groups of messages and calls that come at the same time, some seconds apart from all others. */
function meetings(random: Random, lengthMs: number): TimedAction[] {
  const messages = several(random, 3, 6, () => {
    const at = between(random, 0, lengthMs);
    return several(random, 2, 3, (): TimedAction => ({
      at,
      action: { kind: "message comes", from: random.pick(CALLERS) },
    }));
  }).flat();
  const calls = several(random, 1, 3, (): TimedAction => ({
    at: between(random, 0, lengthMs),
    action: { kind: "call comes", from: random.pick(CALLERS) },
  }));
  return [...messages, ...calls];
}

/** Much traffic with a fault and possibly an end of the app within some seconds, so that orders matter. */
function bursts(random: Random, lengthMs: number): TimedAction[] {
  return several(random, 1, 3, () => {
    const at = between(random, 0, lengthMs);
    const withinMs = random.pick([0, 100, 1_500]);
    // The fault lasts as long as a call waits, or shorter or longer.
    const faultMs = random.pick([withinMs, withinMs, 6_000]);
    const near = (action: Action, ms = withinMs): TimedAction => ({
      at: at + between(random, 0, ms),
      action,
    });
    return [
      ...several(random, 1, 4, () => near(traffic(random))),
      ...fault(random).map((action) => near(action, faultMs)),
      ...(random.below(3) > 0 ? [near(end(random))] : []),
    ];
  }).flat();
}
