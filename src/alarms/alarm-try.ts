import type { Alarm, AlarmChannel } from "./alarm.ts";

/**
 * Why the app calls or writes to a person of an alarm.
 *
 * - `ask`: it asks the person to take the alarm
 * - `remind`: it asks the person who took the alarm whether they still take care of it
 * - `repeat`: it tells the person who took the alarm that somebody has started it again
 * - `inform`: it says who has taken the alarm
 * - `code`: it sends the code for taking the alarm, because the person replied without a code
 * - `end`: it says that nobody took the alarm
 * - `incoming`: the person called the app
 */
export type TryPurpose = "ask" | "remind" | "repeat" | "inform" | "code" | "end" | "incoming";

/**
 * How a try (one call, text or push) ended.
 *
 * - `delivered`: Twilio has accepted the text, or Home Assistant the push
 * - `answered`: the call was answered and has ended
 * - `rang_out`, `busy`: the call was not answered
 * - `canceled`: the call ended before somebody answered, or the try was not made because it was not needed any more
 * - `failed`: Twilio or Home Assistant refused the try, or the call could not be made
 * - `doubtful`: the app does not know whether Twilio accepted the call or text
 * - `not_asked`: the app did not reach Twilio or Home Assistant in time, or Twilio refused the credentials or the
 *   account
 * - `held_back`: the app did not call, because it had called this number too often
 * - `no_news`: Twilio never reported how the call ended
 */
export type TryOutcome =
  | "delivered"
  | "answered"
  | "rang_out"
  | "busy"
  | "canceled"
  | "failed"
  | "doubtful"
  | "not_asked"
  | "held_back"
  | "no_news";

/** A try: one call, text or push of an alarm to one person. All times are in milliseconds since 1970. */
export interface AlarmTry {
  /** The number of the try within its alarm, from 1. */
  readonly number: number;
  /** A random, secret ID. For a call or text, it is also the delivery's secret reference. */
  readonly reference: string;
  /** The person's position in the alarm's list of people. */
  readonly person: number;
  readonly round: number;
  /** The number of the message (revision) that was the alarm's newest one when the app added this try. */
  readonly revision: number;
  readonly channel: AlarmChannel;
  readonly purpose: TryPurpose;
  readonly at: number;
  readonly sid: string | null;
  /** When Twilio or Home Assistant accepted the call, text or push. */
  readonly acceptedAt: number | null;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  /** When the app learnt how the call, text or push ended. */
  readonly endedAt: number | null;
  /** How the call, text or push ended; null until that is known. */
  readonly outcome: TryOutcome | null;
  /** When the person pressed the key that makes the app call the next person; null if the person did not. */
  readonly passedAt: number | null;
  /** How many wrong PINs the person entered on this call. */
  readonly wrongPins: number;
  /** Why the call, text or push failed: Twilio's or the app's error, as in `twilio_result`. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A call, text or push that the app is about to make. */
export type NewTry = Pick<AlarmTry, "person" | "round" | "revision" | "channel" | "purpose">;

/**
 * The error of a try that the app did not make, because somebody had taken the alarm or the alarm had ended just
 * before.
 */
export const CALLED_OFF = {
  code: "called_off",
  message: "The alarm was taken or had ended before Twilio was asked.",
} as const;

/**
 * Whether a try (call, text or push) is still needed. The app asks people to take the alarm only while it is open, and
 * reminds them only while it is taken. Tries with another purpose are always needed.
 */
export function isNeeded({ state }: Pick<Alarm, "state">, { purpose }: Pick<AlarmTry, "purpose">): boolean {
  if (purpose === "ask") return state === "open";
  return purpose !== "remind" || state === "taken";
}

/**
 * Whether a try does not count as made. It was not made (`not_asked`, `held_back`), or the app does not know whether it
 * was made (`doubtful`). A try that was called off or refused counts.
 */
export function wasNotMade(made: Pick<AlarmTry, "outcome">): boolean {
  return isInconclusive(made) || made.outcome === "held_back";
}

/** Whether the try is a call that may still be in progress. */
export function isLiveCall({ channel, outcome }: Pick<AlarmTry, "channel" | "outcome">): boolean {
  return channel === "call" && outcome === null;
}

/**
 * Whether the outcome of a try is `doubtful` or `not_asked`. A round with only such tries does not count towards
 * `rounds`.
 */
export function isInconclusive({ outcome }: Pick<AlarmTry, "outcome">): boolean {
  switch (outcome) {
    case "doubtful":
    case "not_asked":
      return true;
    case "delivered":
    case "answered":
    case "rang_out":
    case "busy":
    case "canceled":
    case "failed":
    case "held_back":
    case "no_news":
    case null:
      return false;
  }
}
