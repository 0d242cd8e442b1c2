import type { Random } from "../../random.ts";
import { CONSEQUENCES, EFFECTS } from "../machine/effects.ts";
import { between, createRandomStreams } from "../machine/random-streams.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import type { ApiFault } from "../neighbours/twilio-api.ts";
import type { WebhookFault } from "../neighbours/twilio-webhooks.ts";
import { CALM } from "./calm.ts";
import type { Action, Schedule, Step } from "./schedule.ts";

const CALLERS = ["+12125550123", "+442079460123", "+4915123456789"];
const API_FAULTS: readonly ApiFault[] = [
  "refused",
  "stalls",
  "lost before",
  "lost after",
  "silent",
  "cut",
  "slow",
  "too many",
  "error before",
  "error after",
];
const WEBHOOK_FAULTS: readonly WebhookFault[] = ["lost", "answer lost", "twice", "late"];

/** Shorter and longer than a call is fresh. */
const OUTAGES_MS = [1_000, 5_000, 15_000, 28_000, 32_000, 90_000];
/** How long the app is down, in milliseconds: shorter or longer than Twilio waits and than a call is fresh. */
const DOWN_MS = [0, 200, 2_000, 15_000, 40_000];
/** Steps are spread over so much time, in milliseconds. */
const LONGEST_MS = 180_000;

/**
 * Makes the schedule of a seed. The kind of an action is chosen before its time. A crash at a rare effect is therefore as
 * likely as a crash at a frequent one, so that rare coincidences occur, too.
 */
export function makeSchedule(seed: number): Schedule {
  const random = createRandomStreams(seed)("schedule");
  const lengthMs = between(random, 10_000, LONGEST_MS);
  const alone: Action[] = [
    ...several(random, 0, 4, () => traffic(random)),
    ...several(random, 0, 2, () => fault(random)).flat(),
  ];
  const isCalm = seed % CALM_EVERY === 0;
  const steps = alone
    .map((action): Omit<Step, "id"> => ({ at: between(random, 0, lengthMs), action }))
    .concat(bursts(random, lengthMs), walk(random, seed, lengthMs))
    .filter(({ action }) => !isCalm || CALM.has(action.kind))
    .toSorted((a, b) => a.at - b.at);
  return {
    seed,
    journal: random.pick(["used", "used", "used", "used", "used", "used", "new", "lost"]),
    isAddressGiven: random.below(6) > 0,
    messagesPerDay: random.below(4) === 0 ? 3 : 200,
    callsPerDay: random.below(4) === 0 ? 2 : 50,
    steps: steps.map((step, index) => ({ id: index + 1, ...step })),
  };
}

/** In every fifth seed only Twilio fails, so that the app must be prompt. */
const CALM_EVERY = 5;

/** At an effect, or at a later one that follows from it. */
const CRASH_PLACES: readonly Pick<Extract<Action, { readonly kind: "crash" }>, "after" | "at">[] = [
  ...EFFECTS.map((at) => ({ after: null, at })),
  ...CONSEQUENCES.map(([after, at]) => ({ after, at })),
];

/** Every third seed takes the next of all combinations of Home Assistant's state, an end and the effect that it hits. */
const WALKS_EVERY = 3;
const WALKS = (["running", "starting", "down"] as const).flatMap((state) =>
  (["kill", "power"] as const).flatMap((how) => CRASH_PLACES.map((place) => ({ state, how, place }))),
);

/** Combinations that chance reaches too rarely. They are taken one after the other, with traffic around each crash. */
function walk(random: Random, seed: number, lengthMs: number): Omit<Step, "id">[] {
  const combination = WALKS[Math.floor(seed / WALKS_EVERY) % WALKS.length];
  if (seed % WALKS_EVERY !== 0 || combination === undefined) return [];
  const { state, how, place } = combination;
  const at = between(random, 0, lengthMs);
  // All are back while a call is fresh.
  const forMs = random.pick([5_000, 15_000]);
  const away: Action[] = state === "running" ? [] : [{ kind: "Home Assistant becomes", state, forMs }];
  const downMs = random.pick([0, 200, 2_000]);
  const crash: Action = { kind: "crash", ...place, times: between(random, 1, 3), how, downMs };
  const near = (action: Action, ms: number): Omit<Step, "id"> => ({
    at: at + between(random, 0, ms),
    action,
  });
  return [
    ...away.map((action) => near(action, 0)),
    near({ kind: "call comes", from: random.pick(CALLERS) }, 1_000),
    ...several(random, 1, 3, () => near(traffic(random), 3_000)),
    near(crash, 5_000),
  ];
}

/** Much at once, which is where orders matter: traffic, a fault and perhaps an end within a second or two. */
function bursts(random: Random, lengthMs: number): Omit<Step, "id">[] {
  return several(random, 1, 3, () => {
    const at = between(random, 0, lengthMs);
    const withinMs = random.pick([0, 100, 1_500]);
    const near = (action: Action): Omit<Step, "id"> => ({ at: at + between(random, 0, withinMs), action });
    return [
      ...several(random, 1, 4, () => near(traffic(random))),
      ...fault(random).map(near),
      ...(random.below(3) > 0 ? [near(end(random))] : []),
    ];
  }).flat();
}

function several<Item>(random: Random, least: number, most: number, make: () => Item): Item[] {
  return Array.from({ length: between(random, least, most) }, make);
}

function traffic(random: Random): Action {
  switch (random.below(4)) {
    case 0:
      return { kind: "message comes", from: random.pick(CALLERS) };
    case 1:
      return { kind: "call comes", from: random.pick(CALLERS) };
    default:
      return { kind: "automation asks", wish: wish(random) };
  }
}

function wish(random: Random): AutomationWish {
  const isScript = random.below(3) > 0;
  const isShared = random.below(3) === 0;
  const seconds = random.pick([6, 15, 30, 60, 120]);
  if (random.below(2) > 0) {
    const waitFor = random.pick(["accepted", "accepted", "sent", "delivered"]);
    const recipients = between(random, 1, 3);
    return { command: "send_message", recipients, isShared, waitFor, seconds, isScript, talks: "no" };
  }
  const talks = random.pick(["no", "then talk", "asks"] as const);
  const waitFor = talks === "no" ? random.pick(["queued", "answered", "completed"]) : "answered";
  return { command: "make_call", recipients: 1, isShared, waitFor, seconds, isScript, talks };
}

/** What goes wrong, and its end where it lasts. Those steps end by themselves, too: at the run's end all is well. */
function fault(random: Random): Action[] {
  switch (random.below(9)) {
    case 0:
    case 1: {
      const on = random.pick(["send", "send", "read"] as const);
      return [{ kind: "Twilio fails", on, faults: several(random, 1, 4, () => random.pick(API_FAULTS)) }];
    }
    case 2:
      return [{ kind: "webhooks fail", faults: several(random, 1, 4, () => random.pick(WEBHOOK_FAULTS)) }];
    case 3:
      return [
        {
          kind: "Home Assistant becomes",
          state: random.pick(["down", "starting"]),
          forMs: random.pick(OUTAGES_MS),
        },
      ];
    case 4:
      return [
        { kind: "connection is lost", isSilent: random.below(3) === 0, afterFrames: between(random, 1, 12) },
      ];
    case 5:
      return [{ kind: "Home Assistant is slow", latencyMs: [20, between(random, 100, 3_000)] }];
    case 6:
      if (random.below(4) === 0)
        return [
          { kind: "Home Assistant refuses the token" },
          { kind: "connection is lost", isSilent: false, afterFrames: 1 },
        ];
      return random.below(2) === 0
        ? [{ kind: "Home Assistant refuses events", code: random.pick(["unauthorized", "unknown_error"]) }]
        : [{ kind: "Home Assistant does not answer", ignoresEvents: true }];
    case 7:
      return [
        { kind: "disk", isFull: random.below(2) === 0, commitMs: random.below(2) * between(random, 1, 400) },
      ];
    default:
      return several(random, 1, 4, () => {
        const aheadMs = between(random, -60, 60) * random.pick([1_000, 30_000]);
        return { kind: "clock is set", aheadMs };
      });
  }
}

function end(random: Random): Action {
  const downMs = random.pick(DOWN_MS);
  if (random.below(6) === 0) return { kind: "restart", downMs };
  const how = random.pick(["kill", "kill", "power"] as const);
  const times = 1 + random.below(2) * random.below(6);
  return { kind: "crash", ...random.pick(CRASH_PLACES), times, how, downMs };
}
