import type { Random } from "../../random.ts";
import type { Effect } from "../machine/effects.ts";
import { between, several } from "../machine/random-streams.ts";
import { CALLERS } from "./random-actions.ts";
import type { Action } from "./schedule.ts";
import type { TimedAction } from "./walks.ts";

/**
 * Coincidences that random steps reach too rarely. Each seed with the role `encounter` takes the next one. A coincidence
 * that is repeated here is more frequent.
 */
export const ENCOUNTERS = [
  "a late note of the relay",
  "a held call while Home Assistant starts",
  "a message while an event is fired again",
  "messages as the app continues",
  "a late note of the relay",
  "a held call while Home Assistant starts",
  "a message while an event is fired again",
  "ends of the app before its events arrive",
] as const;

/** How often the relay posts one call to Home Assistant at most. */
const MOST_POSTS = 8;

/** The longest time until the app has answered a call of which no automation knows, in milliseconds. */
const ANSWERED_WITHIN_MS = 10_000;
/** How long the app is down after an end, in milliseconds. A call that came before can still be fresh. */
const DOWN_MS = [0, 200, 2_000];

export type Encounter = (typeof ENCOUNTERS)[number];

type Crash = Extract<Action, { readonly kind: "crash" }>;

/** The steps of an encounter, from the time `at` on. */
export function encounterOf(encounter: Encounter, random: Random, at: number): TimedAction[] {
  const step = (afterMs: number, action: Action): TimedAction => ({ at: at + afterMs, action });
  const calls: Action = { kind: "call comes", from: random.pick(CALLERS) };
  const writes: Action = { kind: "message comes", from: random.pick(CALLERS) };
  switch (encounter) {
    // Home Assistant gets the call after the relay has told the caller that nobody is there.
    case "a late note of the relay":
      return [
        step(0, {
          kind: "relay fails",
          faults: Array.from({ length: MOST_POSTS }, () => "too late" as const),
        }),
        step(10, calls),
      ];
    // The caller hangs up while the request for the next step waits.
    case "a held call while Home Assistant starts":
      return [
        step(0, calls),
        ...several(random, 1, 2, () =>
          step(between(random, 100, 2_000), { kind: "call comes", from: random.pick(CALLERS) }),
        ),
        step(between(random, 2_000, 5_000), {
          kind: "Home Assistant becomes",
          state: "starting",
          forMs: 90_000,
        }),
        step(between(random, 6_000, 14_000), { kind: "callers hang up" }),
        // Faults last until some time after the last step.
        step(75_000, writes),
      ];
    // The first event was on its way when the connection was lost. The second one comes while the first is fired again.
    case "a message while an event is fired again":
      return [
        step(0, { kind: "Home Assistant is slow", latencyMs: [300, 1_500] }),
        step(3_000, writes),
        step(3_000 + between(random, 100, 1_500), {
          kind: "connection is lost",
          isSilent: false,
          afterFrames: 1,
        }),
        step(3_000, {
          kind: "message meets",
          from: random.pick(CALLERS),
          at: "sends a frame",
          having: "fire_event",
          times: 2,
        }),
      ];
    case "messages as the app continues":
      return meetings(random, at);
    // A crash would hide events that the app has left behind, so these ends do not follow another coincidence.
    case "ends of the app before its events arrive":
      return [
        ...powerCutAfterCall(random, at),
        ...crashAfterLostFrame(random, at + 40_000),
        ...crashBeforeFrame(random, at + 80_000),
      ];
  }
}

/** Effects at which the app does several things in one turn of the event loop. */
const MEETINGS: readonly { readonly at: Effect; readonly having: string }[] = [
  { at: "hears a frame", having: "RUNNING" },
  { at: "hears a frame", having: "RUNNING" },
  { at: "hears a frame", having: "" },
  { at: "a wait ends", having: "of 1000 ms" },
  { at: "a wait ends", having: "" },
  { at: "has committed", having: "" },
  { at: "sends a frame", having: "" },
  { at: "hears an answer", having: "" },
  { at: "hears a webhook", having: "" },
  { at: "connects", having: "" },
];

/** Home Assistant is away for a short time, and messages come exactly when the app continues. */
function meetings(random: Random, at: number): TimedAction[] {
  const away: TimedAction = {
    at,
    action: { kind: "Home Assistant becomes", state: random.pick(["starting", "down"]), forMs: 5_000 },
  };
  const messages = several(random, 2, 6, (): TimedAction => {
    const effect = random.pick(MEETINGS);
    const times = effect.having === "" ? between(random, 1, 6) : 1;
    return {
      at: at + between(random, 0, 6_000),
      action: { kind: "message meets", from: random.pick(CALLERS), ...effect, times },
    };
  });
  return [...(random.below(4) > 0 ? [away] : []), ...messages];
}

/**
 * A call waits for Home Assistant in the journal when the power is cut. The app has answered it, so Twilio does not ask
 * again. Home Assistant is back while the call is still fresh.
 */
function powerCutAfterCall(random: Random, at: number): TimedAction[] {
  const callAt = at + between(random, 100, 1_500);
  return [
    outage(random, at, between(random, 15_000, 20_000)),
    { at: callAt, action: { kind: "call comes", from: random.pick(CALLERS) } },
    { at: callAt + ANSWERED_WITHIN_MS, action: endAt(random, { at: "a wait ends", how: "power" }) },
  ];
}

/** The app has sent an event over a connection that is lost without a notice, and ends before it notices that. */
function crashAfterLostFrame(random: Random, at: number): TimedAction[] {
  return [
    { at, action: { kind: "connection is lost", isSilent: true, afterFrames: 1 } },
    { at: at + 100, action: { kind: "message comes", from: random.pick(CALLERS) } },
    {
      at: at + between(random, 500, 8_000),
      action: endAt(random, { at: "a wait ends", how: random.pick(["kill", "power"]) }),
    },
  ];
}

/** The app ends when its journal says that waiting events are being fired, and none of them has been sent. */
function crashBeforeFrame(random: Random, at: number): TimedAction[] {
  return [
    outage(random, at, 5_000),
    ...several(random, 1, 3, (): TimedAction => ({
      at: at + between(random, 500, 4_000),
      action: { kind: "message comes", from: random.pick(CALLERS) },
    })),
    {
      at,
      action: endAt(random, {
        at: "sends a frame",
        having: "fire_event",
        how: random.pick(["kill", "power"]),
      }),
    },
  ];
}

function outage(random: Random, at: number, forMs: number): TimedAction {
  return {
    at,
    action: { kind: "Home Assistant becomes", state: random.pick(["starting", "down"]), forMs },
  };
}

/** The app ends at the next effect of this kind, and starts again soon. */
function endAt(random: Random, place: Pick<Crash, "at" | "having" | "how">): Crash {
  return { kind: "crash", after: null, times: 1, downMs: random.pick(DOWN_MS), ...place };
}
