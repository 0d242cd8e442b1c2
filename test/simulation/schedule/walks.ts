import type { Random } from "../../random.ts";
import { between, several } from "../machine/random-streams.ts";
import type { CrashKind } from "../machine/simulated-disk.ts";
import { CALLERS, CRASH_PLACES, fault, FAULT_KINDS, traffic, wish } from "./random-actions.ts";
import type { FaultKind } from "./random-actions.ts";
import type { Action, Step } from "./schedule.ts";

export type TimedAction = Omit<Step, "id">;

const STATES = ["running", "starting", "down"] as const;
/** What the app has to do when a fault comes. */
const WORKS = ["nothing", "a webhook", "a request", "both"] as const;

/** Home Assistant's state, an end of the app, and the effect that it hits. */
export interface CrashCombination {
  readonly state: (typeof STATES)[number];
  readonly how: CrashKind;
  readonly place: (typeof CRASH_PLACES)[number];
}

/** Home Assistant's state, the app's work and a fault. */
export interface FaultCombination {
  readonly state: (typeof STATES)[number];
  readonly work: (typeof WORKS)[number];
  readonly kind: FaultKind;
}

/** Combinations that chance reaches too rarely. Seeds take one after the other. */
export const CRASHES: readonly CrashCombination[] = STATES.flatMap((state) =>
  (["kill", "power"] as const).flatMap((how) => CRASH_PLACES.map((place) => ({ state, how, place }))),
);
export const FAULTS: readonly FaultCombination[] = STATES.flatMap((state) =>
  WORKS.flatMap((work) => [...new Set(FAULT_KINDS)].map((kind) => ({ state, work, kind }))),
);

/** A crash with traffic around it. */
export function walkToCrash(
  { state, how, place }: CrashCombination,
  random: Random,
  at: number,
): TimedAction[] {
  const downMs = random.pick([0, 200, 2_000]);
  const crash: Action = { kind: "crash", ...place, times: between(random, 1, 3), how, downMs };
  return [
    ...away(state, random, at),
    later({ kind: "call comes", from: random.pick(CALLERS) }, random, at, 1_000),
    ...several(random, 1, 3, () => later(traffic(random), random, at, 3_000)),
    later(crash, random, at, 5_000),
  ];
}

/** A fault while the app has work of this kind. A call waits for its first step, and a request for its result. */
export function walkToFault(
  { state, work, kind }: FaultCombination,
  random: Random,
  at: number,
): TimedAction[] {
  const hasWebhook = work === "a webhook" || work === "both";
  const hasRequest = work === "a request" || work === "both";
  const asks: Action = {
    kind: "automation asks",
    wish: {
      ...wish(random),
      waitFor: "completed",
      command: "make_call",
      recipients: 1,
      talks: "no",
      seconds: 60,
    },
  };
  return [
    ...away(state, random, at),
    ...(hasWebhook ? [later({ kind: "call comes", from: random.pick(CALLERS) }, random, at, 500)] : []),
    ...(hasRequest ? [later(asks, random, at, 500)] : []),
    ...fault(random, kind).map((action) => ({ at: at + between(random, 500, 6_000), action })),
    ...several(random, 0, 2, () => later(traffic(random), random, at, 8_000)),
  ];
}

/** All are back while a call is fresh. */
function away(state: (typeof STATES)[number], random: Random, at: number): TimedAction[] {
  if (state === "running") return [];
  return [{ at, action: { kind: "Home Assistant becomes", state, forMs: random.pick([5_000, 15_000]) } }];
}

function later(action: Action, random: Random, at: number, withinMs: number): TimedAction {
  return { at: at + between(random, 0, withinMs), action };
}
