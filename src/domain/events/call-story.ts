import type { DeliveryStatus } from "./delivery-status.ts";
import { isFinalCallStatus } from "./webhook.ts";

/**
 * How a call ended, or its state if it has not ended. `machine`: an answering machine took the call. `connected`: the
 * app called the user's own phone and connected it with the other party.
 */
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

/** One thing that the app or the person on the telephone did during a call. */
export type CallTurn =
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "played" }
  | { readonly kind: "spoken"; readonly text: string }
  /** The person pressed `count` keys. `keys` is null if the keys may be a PIN. */
  | { readonly kind: "pressed"; readonly keys: string | null; readonly count: number }
  | { readonly kind: "forwarded"; readonly to: string; readonly wasAnswered: boolean };

/** The app shows at most this many pressed keys, as a choice in a menu. More keys may be a PIN, which no page shows. */
const MOST_SHOWN_KEYS = 2;

/**
 * An incoming call that no automation takes counts as missed after this time, in milliseconds, even if Twilio reports
 * no final status.
 */
const RINGS_MS = 60_000;

/** Makes the `CallTurn` for keys that the person pressed. Omits the keys if they may be a PIN. */
export function pressedKeys(keys: string): CallTurn {
  const { length: count } = keys;
  return { kind: "pressed", keys: count > MOST_SHOWN_KEYS ? null : keys, count };
}

export interface IncomingCallState {
  /**
   * For each step of the call (one `script.twilio_talk`), whether it rejected or recorded the call. Empty if no
   * automation took the call.
   */
  readonly steps: readonly { readonly isReject: boolean; readonly isRecording: boolean }[];
  /** Whether an alarm answered the call, because one of its people called back. */
  readonly isAnsweredByAlarm: boolean;
  readonly turns: readonly CallTurn[];
  readonly hasRecording: boolean;
  readonly latest: DeliveryStatus | null;
  /** Whether the journal has stored the end of the call. */
  readonly hasEnded: boolean;
  /** How long ago the call came in, in milliseconds. */
  readonly ageMs: number;
}

/** Decides how an incoming call ended, or its present state. */
export function incomingOutcome(call: IncomingCallState): CallOutcome {
  const { steps, turns, hasRecording, latest, hasEnded, ageMs } = call;
  const isOver = hasEnded || isFinalCallStatus(latest?.status);
  if (call.isAnsweredByAlarm) return isOver ? "answered" : "in_progress";
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

/**
 * Decides how an outgoing call ended, or its present state. `isConnecting`: the call rings the user's own phone first
 * and then connects it with the other party.
 */
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
