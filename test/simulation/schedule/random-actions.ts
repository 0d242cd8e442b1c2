import type { Random } from "../../random.ts";
import { CONSEQUENCES, EFFECTS } from "../machine/effects.ts";
import { between, several } from "../machine/random-streams.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import type { Forgery, RelayFault } from "../neighbours/relay.ts";
import type { ApiFault } from "../neighbours/twilio-api.ts";
import type { WebhookFault } from "../neighbours/twilio-webhooks.ts";
import type { Action } from "./schedule.ts";

export const CALLERS = ["+12125550123", "+442079460123", "+4915123456789"];
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
const WEBHOOK_FAULTS: readonly WebhookFault[] = ["lost", "answer lost", "twice", "late", "never"];
const RELAY_FAULTS: readonly RelayFault[] = ["lost", "answer lost", "slow", "hangs"];
const FORGERIES: readonly Forgery[] = ["nonsense", "other key", "repeated", "re-stamped", "unsigned"];

/** The durations of outages, shorter and longer than the time in which a call may be acted on. */
const OUTAGES_MS = [1_000, 5_000, 15_000, 28_000, 32_000, 90_000];
/**
 * How long the app is down, in milliseconds: shorter and longer than Twilio waits, and than a call may be acted on.
 */
const DOWN_MS = [0, 200, 2_000, 15_000, 40_000];
/** The effects at which crashes happen: any effect, or a later one that follows from it. */
export const CRASH_PLACES: readonly Pick<Extract<Action, { readonly kind: "crash" }>, "after" | "at">[] = [
  ...EFFECTS.map((at) => ({ after: null, at })),
  ...CONSEQUENCES.map(([after, at]) => ({ after, at })),
];

/** A message, a call or a request of an automation. */
export function traffic(random: Random): Action {
  switch (random.below(4)) {
    case 0:
      return { kind: "message comes", from: random.pick(CALLERS) };
    case 1:
      return { kind: "call comes", from: random.pick(CALLERS) };
    default:
      return { kind: "automation asks", wish: wish(random) };
  }
}

/** A random request of an automation. */
export function wish(random: Random): AutomationWish {
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

/** The kinds of faults. A kind that is repeated here is more frequent. */
export const FAULT_KINDS = [
  "Twilio fails",
  "Twilio fails",
  "webhooks fail",
  "relay fails",
  "note is forged",
  "Home Assistant becomes",
  "connection is lost",
  "Home Assistant is slow",
  "Home Assistant refuses",
  "Home Assistant refuses the token",
  "disk",
  "clock is set",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A random fault. It ends by itself, or at the end of the run's faults. */
export function fault(random: Random, kind: FaultKind = random.pick(FAULT_KINDS)): Action[] {
  switch (kind) {
    case "Twilio fails": {
      const on = random.pick(["send", "send", "read"] as const);
      return [{ kind, on, faults: several(random, 1, 4, () => random.pick(API_FAULTS)) }];
    }
    case "webhooks fail":
      return [{ kind, faults: several(random, 1, 4, () => random.pick(WEBHOOK_FAULTS)) }];
    case "relay fails":
      return [{ kind, faults: several(random, 1, 6, () => random.pick(RELAY_FAULTS)) }];
    case "note is forged":
      return several(random, 1, 3, () => ({ kind, forgery: random.pick(FORGERIES) }));
    case "Home Assistant becomes":
      return [{ kind, state: random.pick(["down", "starting"]), forMs: random.pick(OUTAGES_MS) }];
    case "connection is lost":
      return [{ kind, isSilent: random.below(3) === 0, afterFrames: between(random, 1, 12) }];
    case "Home Assistant is slow":
      return [{ kind, latencyMs: [20, between(random, 100, 3_000)] }];
    case "Home Assistant refuses":
      return refusal(random);
    case "Home Assistant refuses the token":
      return [{ kind }, { kind: "connection is lost", isSilent: false, afterFrames: 1 }];
    case "disk": {
      const isFull = random.below(2) === 0;
      return [{ kind, isFull, commitMs: random.below(2) * between(random, 1, 400) }];
    }
    case "clock is set":
      return several(random, 1, 4, () => {
        const aheadMs = between(random, -60, 60) * random.pick([1_000, 30_000]);
        return { kind, aheadMs };
      });
  }
}

function refusal(random: Random): Action[] {
  switch (random.below(7)) {
    case 0:
    case 1:
    case 2:
      return [
        { kind: "Home Assistant refuses events", code: random.pick(["unauthorized", "unknown_error"]) },
        // This fault ends after some time, or at the end of the run's faults.
        { kind: "Home Assistant refuses events", code: null },
      ];
    default:
      return [{ kind: "Home Assistant does not answer", ignoresEvents: true }];
  }
}

/** An end of the app: a restart or a crash at a random effect. */
export function end(random: Random): Action {
  const downMs = random.pick(DOWN_MS);
  if (random.below(6) === 0) return { kind: "restart", downMs };
  const how = random.pick(["kill", "kill", "power"] as const);
  const times = 1 + random.below(2) * random.below(6);
  return { kind: "crash", ...random.pick(CRASH_PLACES), times, how, downMs };
}
