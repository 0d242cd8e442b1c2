/** Identifies a webhook, to recognize repetitions. */
export interface WebhookKey {
  /** The message or call in the webhook; null if it names none. */
  readonly sid: string | null;
  readonly key: string;
  /**
   * Set for a webhook that Twilio may send twice with identical signed content; null if an identical webhook is always
   * a retry.
   */
  readonly identicalWebhook: IdenticalWebhook | null;
  /**
   * The valid signature; null for items of a backfill. Only Twilio can make one, so a known signature means a repetition
   * or a replay. This holds even if the parameters differ: names and values are signed without separators, so a replay
   * can split them in another way.
   */
  readonly signature: string | null;
}

/**
 * Describes a webhook that Twilio may really send twice with the same signed content. Examples are two equal answers to
 * `<Gather>` in one call, or two requests of a Studio flow.
 */
export interface IdenticalWebhook {
  /** Twilio's idempotency token, hashed. It is not signed, so a captured webhook can be replayed with another one. */
  readonly token: string;
  /** Repetitions are counted and limited per scope: the call, or the webhook itself if it belongs to no call. */
  readonly scope: string;
  /** Whether the first webhook with this content was answered before this one came. Twilio continues a call only after an answer. */
  readonly isFirstAnswered: boolean;
}

/**
 * - `new`: fires its event, and is the only kind that shows that Twilio reaches the app
 * - `age_unverified`: fires its event only after the age check, because it may be a replay
 * - `completed`: the first webhook of a message that was fetched before. It fires no event, and its fields are added to
 *   the stored one
 * - `repeated`: its event was fired before, so it fires none
 * - `doubtful`: its signed content is identical to that of an earlier webhook, and it comes so late that it may be a
 *   replay
 */
export type Novelty = "new" | "age_unverified" | "completed" | "repeated" | "doubtful";
