import type { Alarm, AlarmChannel } from "./alarm.ts";

/**
 * Why somebody is called or written to.
 *
 * - `ask`: to take the alarm
 * - `remind`: to confirm that the person still has it
 * - `repeat`: to say that the alarm that the person has was started again
 * - `inform`: to say who has it
 * - `code`: to answer a text that has no code
 * - `end`: to say that nobody took it
 * - `incoming`: the person called
 */
export type TryPurpose = "ask" | "remind" | "repeat" | "inform" | "code" | "end" | "incoming";

/**
 * How a try ended.
 *
 * - `delivered`: Twilio has accepted the text, or Home Assistant the push
 * - `answered`: the call was answered and has ended
 * - `rang_out`, `busy`, `canceled`: the call was not answered
 * - `failed`: it was refused
 * - `doubtful`: it is not known whether Twilio has it
 * - `not_asked`: Twilio was away or refused the credentials, or its time was over
 * - `held_back`: the number was called too often, so it was not called
 * - `no_news`: Twilio did not say how the call ended
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

/** One call, text or push to one person. All times are in milliseconds since 1970. */
export interface AlarmTry {
  /** The number of the try, from 1, in the order of the tries of its alarm. */
  readonly number: number;
  /** A random, secret ID. For a call or text, it is the reference of the delivery. */
  readonly reference: string;
  /** The position of the person. */
  readonly person: number;
  readonly round: number;
  /** The newest revision that this try has told the person. */
  readonly revision: number;
  readonly channel: AlarmChannel;
  readonly purpose: TryPurpose;
  readonly at: number;
  readonly sid: string | null;
  /** When Twilio or Home Assistant accepted it. */
  readonly acceptedAt: number | null;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  /** When its outcome was known. */
  readonly endedAt: number | null;
  /** How the try ended; null while it is in progress. */
  readonly outcome: TryOutcome | null;
  /** When the person pressed the key that passes the alarm on. */
  readonly passedAt: number | null;
  /** Twilio's or the app's reason of a failure, as in `twilio_result`. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A try that is to be made. */
export type NewTry = Pick<AlarmTry, "person" | "round" | "revision" | "channel" | "purpose"> & {
  /** Set if the try is only stored, and nobody is called. */
  readonly outcome?: "held_back";
};

/** The error of a try that was not made, because somebody had taken the alarm before Twilio was asked. */
export const CALLED_OFF = {
  code: "called_off",
  message: "The alarm was taken or had ended before Twilio was asked.",
} as const;

/** Whether a try still has to be made. A question is not asked any more after somebody took the alarm, or after its end. */
export function isNeeded({ state }: Pick<Alarm, "state">, { purpose }: Pick<AlarmTry, "purpose">): boolean {
  if (purpose === "ask") return state === "open";
  return purpose !== "remind" || state === "taken";
}

/** Whether a try is a call that may still be in progress. */
export function isLiveCall({ channel, outcome }: Pick<AlarmTry, "channel" | "outcome">): boolean {
  return channel === "call" && outcome === null;
}

/** Whether a try may not have reached Twilio, so that it does not use up a round. */
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
