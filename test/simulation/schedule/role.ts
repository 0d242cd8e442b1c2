import { CRASHES, ENDS, FAULTS } from "./walks.ts";
import type { CrashCombination, EndCombination, FaultCombination } from "./walks.ts";

/**
 * The purpose of a schedule, besides random events. In `calm` ones only Twilio fails, so that the app must be prompt.
 * `crash`, `fault` and `end` each take the next of all combinations.
 */
export type Role =
  | { readonly kind: "free" | "calm" }
  | { readonly kind: "crash"; readonly combination: CrashCombination }
  | { readonly kind: "fault"; readonly combination: FaultCombination }
  | { readonly kind: "end"; readonly combination: EndCombination };

/**
 * Of every six seeds, one is calm, two take the next crashes, one the next fault, and one the next end after a fault.
 */
const ROLES = ["calm", "crash", "fault", "crash", "free", "end"] as const;
const CRASHES_EACH = 2;

/** Gives a seed its role. */
export function roleOf(seed: number): Role {
  const round = Math.floor(seed / ROLES.length);
  const place = seed % ROLES.length;
  const kind = ROLES[place] ?? "free";
  if (kind === "crash") return { kind, combination: at(CRASHES, CRASHES_EACH * round + (place >> 1)) };
  if (kind === "fault") return { kind, combination: at(FAULTS, round) };
  if (kind === "end") return { kind, combination: at(ENDS, round) };
  return { kind };
}

/**
 * This number has no common divisor with the number of combinations, so that neighbouring seeds differ in all parts.
 */
const STRIDE = 97;

function at<Item>(items: readonly Item[], index: number): Item {
  return items[(STRIDE * index) % items.length] as Item;
}
