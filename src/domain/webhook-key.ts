/** What makes two requests of Twilio's one and the same. */
export interface WebhookKey {
  /** The message or call that it is about; null where it names none. */
  readonly sid: string | null;
  readonly key: string;
  /** How a second request that is equal in all that is signed can be told from a repeat; null where it is a repeat. */
  readonly again: EqualRequest | null;
  /**
   * The signature that verified. Nobody but Twilio can make one, so that one seen before is a captured request sent
   * again, however its parameters are split: what is signed are names and values without anything between them. Null
   * for what was fetched.
   */
  readonly signature: string | null;
}

/**
 * Of a request that nothing signed tells from an equal one, such as two answers to `<Gather>` in one call, or two
 * requests of a Studio flow.
 */
export interface EqualRequest {
  /** Twilio's idempotency token, hashed. It is unsigned: anybody who has captured a request can invent others. */
  readonly token: string;
  /** What the number of equal requests is limited for: the call, else the request itself. */
  readonly scope: string;
  /** The first of them was answered before this one came: Twilio waits for an answer before it goes on with a call. */
  readonly isFirstAnswered: boolean;
}

/**
 * - `new`: to be told, and the one kind that shows that Twilio reaches the app
 * - `unproven`: to be told once its age is known, or known to be older than the journal: it may be a captured one
 * - `repeated`: told already
 * - `doubtful`: equal to an earlier one in all that is signed, and so late that it may be a captured one
 */
export type Novelty = "new" | "unproven" | "repeated" | "doubtful";
