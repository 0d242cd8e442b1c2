import { ALARM_ENCOUNTERS } from "../alarms/alarm-encounter.ts";
import type { AlarmEncounter } from "../alarms/alarm-encounter.ts";
import { ENCOUNTERS } from "./encounters.ts";
import type { Encounter } from "./encounters.ts";
import { CRASHES, ENDS, FAULTS } from "./walks.ts";
import type { CrashCombination, EndCombination, FaultCombination } from "./walks.ts";

/**
 * The purpose of a schedule, besides random events. In `calm` ones only Twilio fails, so that the app must be prompt.
 * `crash`, `fault` and `end` each take the next of all combinations, and `encounter` the next coincidence. `encounter` and `alarm`
 * have little else, and `alarm` takes the next event that an alarm can meet.
 */
export type Role =
  | { readonly kind: "calm" }
  | { readonly kind: "encounter"; readonly encounter: Encounter }
  | { readonly kind: "crash"; readonly combination: CrashCombination }
  | { readonly kind: "fault"; readonly combination: FaultCombination }
  | { readonly kind: "end"; readonly combination: EndCombination }
  | { readonly kind: "alarm"; readonly encounter: AlarmEncounter };

/** Each kind of role takes its combinations in turn. The list is the order in which the seeds get their roles. */
const ROLES = ["calm", "crash", "alarm", "fault", "crash", "encounter", "end", "alarm"] as const;

/** Gives a seed its role. */
export function roleOf(seed: number): Role {
  const place = seed % ROLES.length;
  const kind = ROLES[place] ?? "calm";
  const perRound = ROLES.filter((other) => other === kind).length;
  const before = ROLES.slice(0, place).filter((other) => other === kind).length;
  const index = perRound * Math.floor(seed / ROLES.length) + before;
  switch (kind) {
    case "calm":
      return { kind };
    case "encounter":
      return { kind, encounter: at(ENCOUNTERS, index) };
    case "crash":
      return { kind, combination: at(CRASHES, index) };
    case "fault":
      return { kind, combination: at(FAULTS, index) };
    case "end":
      return { kind, combination: at(ENDS, index) };
    case "alarm":
      return { kind, encounter: at(ALARM_ENCOUNTERS, index) };
  }
}

/**
 * This number has no common divisor with the number of combinations, so that neighbouring seeds differ in all parts.
 */
const STRIDE = 97;

function at<Item>(items: readonly Item[], index: number): Item {
  return items[(STRIDE * index) % items.length] as Item;
}
