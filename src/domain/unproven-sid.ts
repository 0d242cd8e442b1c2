/** What a webhook is about whose age has to be asked for. */
export interface UnprovenSid {
  readonly sid: string;
  readonly isCall: boolean;
}

/**
 * When Twilio made it, in milliseconds since 1970. `unknown`: Twilio knows nothing of it; `forbidden`: the credentials
 * may not ask.
 */
export type CreatedAt = number | "unknown" | "forbidden";

/**
 * The result of the age check. `unknown`: Twilio does not know the SID, so its webhook must not act; `untold`: the age
 * cannot be found out, and the webhook may act.
 */
export interface SidAge {
  readonly sid: string;
  readonly createdAt: number | "unknown" | "untold";
}

/**
 * Whether a webhook is processed although its age cannot be found out. Allowed on a first start only: an API key that
 * may only send, a provider without look-ups, or a SID that appears in no list must not delay every webhook for ever.
 */
export function mayBeUntold(
  { sid }: UnprovenSid,
  answer: Exclude<CreatedAt, number> | "away",
  { isFirstStart, isProvider }: { readonly isFirstStart: boolean; readonly isProvider: boolean },
): boolean {
  if (!isFirstStart) return false;
  return isProvider || answer === "forbidden" || !/^(SM|MM|CA)[0-9a-f]{32}$/.test(sid);
}
