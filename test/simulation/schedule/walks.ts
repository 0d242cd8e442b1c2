import type { Random } from "../../random.ts";
import type { Effect } from "../machine/effects.ts";
import { between, several } from "../machine/random-streams.ts";
import type { CrashKind } from "../machine/simulated-disk.ts";
import { CALLERS, CRASH_PLACES, fault, FAULT_KINDS, traffic, wish } from "./random-actions.ts";
import type { FaultKind } from "./random-actions.ts";
import type { Action, Step } from "./schedule.ts";

export type TimedAction = Omit<Step, "id">;

const STATES = ["running", "starting", "down"] as const;
/** The work that the app has when a fault comes. */
const WORKS = ["nothing", "a webhook", "a request", "both"] as const;

const OF_WEBHOOKS: ReadonlySet<Effect> = new Set([
  "hears a webhook",
  "answers a webhook",
  "answers the relay",
]);

/** After this time in milliseconds, a call that came within half a second has asked the app for TwiML. */
const ASKED_WITHIN_MS = 1_000;

/** The state of Home Assistant, the app's work, an end of the app, and the effect at which it ends. */
export interface CrashCombination {
  readonly state: (typeof STATES)[number];
  readonly work: (typeof WORKS)[number];
  readonly how: CrashKind;
  readonly place: (typeof CRASH_PLACES)[number];
}

/** The state of Home Assistant, the app's work and a fault. */
export interface FaultCombination {
  readonly state: (typeof STATES)[number];
  readonly work: (typeof WORKS)[number];
  readonly kind: FaultKind;
}

/** How the app ends after a fault. */
const AFTER_FAULT = ["restart", "kill", "power"] as const;

/** The state of Home Assistant, a fault, and the end of the app some seconds after it. */
export interface EndCombination {
  readonly state: (typeof STATES)[number];
  readonly kind: FaultKind;
  readonly how: (typeof AFTER_FAULT)[number];
}

/** Combinations that random steps reach too rarely. Each seed takes the next one. */
export const CRASHES: readonly CrashCombination[] = STATES.flatMap((state) =>
  WORKS.flatMap((work) =>
    (["kill", "power"] as const).flatMap((how) =>
      CRASH_PLACES.filter((place) => canHappen(place, work)).map((place) => ({ state, work, how, place })),
    ),
  ),
);
export const FAULTS: readonly FaultCombination[] = STATES.flatMap((state) =>
  WORKS.flatMap((work) => [...new Set(FAULT_KINDS)].map((kind) => ({ state, work, kind }))),
);

export const ENDS: readonly EndCombination[] = STATES.flatMap((state) => [
  ...[...new Set(FAULT_KINDS)].flatMap((kind) => AFTER_FAULT.map((how) => ({ state, kind, how }))),
  // The app stops while its disk is full, so that it cannot store anything.
  ...Array.from({ length: 4 }, () => ({ state, kind: "disk", how: "restart" }) as const),
]);

/** Whether the app can reach a place with work of this kind. */
function canHappen({ after, at }: CrashCombination["place"], work: (typeof WORKS)[number]): boolean {
  const effects = [after, at];
  if (work === "nothing" && effects.some((effect) => effect !== null && OF_WEBHOOKS.has(effect)))
    return false;
  return work === "a request" || work === "both" || !effects.includes("asks Twilio to send");
}

/** A crash while the app has work of this kind, with more traffic around it if it has both. */
export function walkToCrash(
  { state, work, how, place }: CrashCombination,
  random: Random,
  at: number,
): TimedAction[] {
  const downMs = random.pick([0, 200, 2_000]);
  const effects = [place.after, place.at];
  // Only a start listens. The app has the work from before, or gets the work while it is down.
  const isAtStart = effects.includes("listens");
  const restart: TimedAction = { at: at + between(random, 600, 2_000), action: { kind: "restart", downMs } };
  // The relay needs Home Assistant for its question, and not for the app's answer.
  const isAnswer = state === "down" && effects.includes("answers the relay");
  const awayAt = isAnswer ? at + ASKED_WITHIN_MS : at;
  const times = isAtStart || isAnswer ? 1 : between(random, 1, 3);
  const crash: Action = { kind: "crash", ...place, times, how, downMs };
  return [
    ...away(state, random, awayAt),
    ...(isAtStart ? [restart] : []),
    ...workOf(work, random, at),
    ...(work === "both" ? several(random, 1, 3, () => later(traffic(random), random, at, 3_000)) : []),
    isAnswer ? { at: awayAt, action: crash } : later(crash, random, at, isAtStart ? 500 : 5_000),
  ];
}

/** A call waits for its first step, and a request for its result. */
function workOf(work: (typeof WORKS)[number], random: Random, at: number): TimedAction[] {
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
    ...(hasWebhook ? [later({ kind: "call comes", from: random.pick(CALLERS) }, random, at, 500)] : []),
    ...(hasRequest ? [later(asks, random, at, 500)] : []),
  ];
}

/** A fault while the app has work of this kind. */
export function walkToFault(
  { state, work, kind }: FaultCombination,
  random: Random,
  at: number,
): TimedAction[] {
  return [
    ...away(state, random, at),
    ...workOf(work, random, at),
    ...fault(random, kind).map((action) => ({ at: at + between(random, 500, 6_000), action })),
    ...several(random, 0, 2, () => later(traffic(random), random, at, 8_000)),
    ...(kind === "Home Assistant refuses" ? queue(random, at) : []),
  ];
}

/** Messages follow each other while Home Assistant is slow, so that several events are on their way. */
function queue(random: Random, at: number): TimedAction[] {
  return [
    { at, action: { kind: "Home Assistant is slow", latencyMs: [500, between(random, 1_000, 2_500)] } },
    ...several(random, 4, 10, () =>
      later({ kind: "message comes", from: random.pick(CALLERS) }, random, at, 12_000),
    ),
  ];
}

/** Requests that are repeated every five seconds, then a fault, and then the end of the app. */
export function walkToEnd({ state, kind, how }: EndCombination, random: Random, at: number): TimedAction[] {
  const asks = (): Action => ({
    kind: "automation asks",
    wish: {
      ...wish(random),
      waitFor: "delivered",
      command: "send_message",
      seconds: 60,
      isScript: true,
      talks: "no",
    },
  });
  const downMs = random.pick([0, 200, 2_000]);
  // By then, a request has been repeated, and Home Assistant runs again.
  const faults: readonly Action[] =
    kind === "disk" ? [{ kind, isFull: true, commitMs: 0 }] : fault(random, kind);
  const crash: Action =
    how === "restart"
      ? { kind: "restart", downMs }
      : { kind: "crash", after: null, at: random.pick(["commits", "a wait ends"]), times: 1, how, downMs };
  return [
    ...away(state, random, at),
    ...several(random, 1, 2, () => later(asks(), random, at, 6_000)),
    ...faults.map((action) => ({ at: at + between(random, 4_000, 14_000), action })),
    { at: at + between(random, 8_000, 24_000), action: crash },
  ];
}

/** Home Assistant is back while a call may still be acted on. */
function away(state: (typeof STATES)[number], random: Random, at: number): TimedAction[] {
  if (state === "running") return [];
  return [{ at, action: { kind: "Home Assistant becomes", state, forMs: random.pick([5_000, 15_000]) } }];
}

function later(action: Action, random: Random, at: number, withinMs: number): TimedAction {
  return { at: at + between(random, 0, withinMs), action };
}
