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

/** What is known of its age in the end. `unknown`: it must not act; `untold`: nobody can say, and it may. */
export interface SidAge {
  readonly sid: string;
  readonly createdAt: number | "unknown" | "untold";
}

/**
 * Whether a webhook goes on although nobody can say how old it is. Only on a first start: a key that may only send, a
 * provider without look-ups, or what stands in no list must not make everything late for ever.
 */
export function mayBeUntold(
  { sid }: UnprovenSid,
  answer: Exclude<CreatedAt, number> | "away",
  { isFirstStart, isProvider }: { readonly isFirstStart: boolean; readonly isProvider: boolean },
): boolean {
  if (!isFirstStart) return false;
  return isProvider || answer === "forbidden" || !/^(SM|MM|CA)[0-9a-f]{32}$/.test(sid);
}
