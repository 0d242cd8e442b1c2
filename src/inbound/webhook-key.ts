/** What makes two requests of Twilio's one and the same. */
export interface WebhookKey {
  /** The message or call that it is about; null where it names none. */
  readonly sid: string | null;
  readonly key: string;
  /**
   * For requests that may legitimately come twice with identical signed content; null if an identical request is always
   * a retry.
   */
  readonly identicalWebhook: IdenticalWebhook | null;
  /**
   * The signature that verified. Nobody but Twilio can make one, so that one seen before is a captured request sent
   * again, however its parameters are split: what is signed are names and values without anything between them. Null
   * for what was fetched.
   */
  readonly signature: string | null;
}

/**
 * Describes a request whose signed content cannot be told from that of a genuine second one, such as two answers to
 * `<Gather>` in one call, or two requests of a Studio flow.
 */
export interface IdenticalWebhook {
  /** Twilio's idempotency token, hashed. It is unsigned: anybody who has captured a request can invent others. */
  readonly token: string;
  /** Repeats are counted and limited per scope: the call, or the request itself if it belongs to no call. */
  readonly scope: string;
  /** The first of them was answered before this one came: Twilio waits for an answer before it goes on with a call. */
  readonly isFirstAnswered: boolean;
}

/**
 * - `new`: fires its event, and is the only kind that proves that Twilio reaches the app
 * - `unproven`: fires its event only after the age check, because it may be a captured request that is sent again
 * - `repeated`: its event was fired before, so it fires none
 * - `doubtful`: its signed content is identical to that of an earlier request, and it comes so late that it may be
 *   captured
 */
export type Novelty = "new" | "unproven" | "repeated" | "doubtful";
