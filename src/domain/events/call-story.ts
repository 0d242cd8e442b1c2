import type { DeliveryStatus } from "./delivery-status.ts";
import { isFinalCallStatus } from "./webhook.ts";

/** How a call ended, as a telephone shows it. `machine`: an answering machine; `connected`: see `ConversationEntry.phone`. */
export type CallOutcome =
  | "waiting"
  | "ringing"
  | "in_progress"
  | "answered"
  | "machine"
  | "connected"
  | "forwarded"
  | "voicemail"
  | "missed"
  | "rejected"
  | "busy"
  | "no_answer"
  | "failed"
  | "canceled";

/** What the app or the person on the telephone did, in the order of the call. */
export type CallTurn =
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "played" }
  | { readonly kind: "spoken"; readonly text: string }
  /** `keys` is null if they may be a PIN. */
  | { readonly kind: "pressed"; readonly keys: string | null; readonly count: number }
  | { readonly kind: "forwarded"; readonly to: string; readonly wasAnswered: boolean };

/** One or two keys are a choice in a menu. More of them may be a PIN, which no page shows. */
const MOST_SHOWN_KEYS = 2;

/** A call that no automation takes counts as ended after this time, in milliseconds, even without a final status. */
const RINGS_MS = 60_000;

/** The turn for entered keys. */
export function pressedKeys(keys: string): CallTurn {
  const { length: count } = keys;
  return { kind: "pressed", keys: count > MOST_SHOWN_KEYS ? null : keys, count };
}

export interface IncomingCallState {
  /** What each step of an automation did at its end, in order. Empty if no automation took the call. */
  readonly steps: readonly { readonly isReject: boolean; readonly isRecording: boolean }[];
  readonly turns: readonly CallTurn[];
  readonly hasRecording: boolean;
  readonly latest: DeliveryStatus | null;
  /** Whether the journal knows that the call has ended. */
  readonly hasEnded: boolean;
  /** How long ago it came, in milliseconds. */
  readonly ageMs: number;
}

/** The outcome of a call that came in. */
export function incomingOutcome(call: IncomingCallState): CallOutcome {
  const { steps, turns, hasRecording, latest, hasEnded, ageMs } = call;
  const isOver = hasEnded || isFinalCallStatus(latest?.status);
  if (steps.length === 0) {
    if (hasRecording) return "voicemail";
    return isOver || ageMs > RINGS_MS ? "missed" : "ringing";
  }
  if (steps.every(({ isReject }) => isReject)) return "rejected";
  if (hasRecording && steps.some(({ isRecording }) => isRecording)) return "voicemail";
  const forwards = turns.filter((turn) => turn.kind === "forwarded");
  if (forwards.some(({ wasAnswered }) => wasAnswered)) return "forwarded";
  if (!isOver) return "in_progress";
  return forwards.length > 0 ? "missed" : "answered";
}

/** The outcome of a call to somebody. `isConnecting`: it rings the user's own phone first. */
export function outgoingOutcome(call: {
  readonly status: string | null;
  readonly answeredBy: string | null;
  readonly hasFailed: boolean;
  readonly isConnecting: boolean;
}): CallOutcome {
  const { status, answeredBy, hasFailed, isConnecting } = call;
  switch (status) {
    case "busy":
    case "canceled":
      return status;
    case "no-answer":
      return "no_answer";
    case "in-progress":
      return "in_progress";
    case "completed":
      if (isConnecting) return "connected";
      return answeredBy?.startsWith("machine") === true ? "machine" : "answered";
    case null:
    default:
      if (hasFailed) return "failed";
      return status === null ? "waiting" : "ringing";
  }
}
