/** Identifies the content of a webhook, so that the app recognizes repetitions. */
export interface WebhookKey {
  /** The SID of the message or call that the webhook names; null if it names none. */
  readonly sid: string | null;
  readonly key: string;
  /**
   * Set if Twilio may really send a webhook with this signed content two times. If it is null, an identical webhook is
   * always a repetition.
   */
  readonly identicalWebhook: IdenticalWebhook | null;
  /**
   * The valid signature; null for data that the app read at Twilio. Only Twilio can sign, so a known signature means a
   * repetition or a replay, even with other parameters. Names and values are signed without separators, so an attacker
   * can split them at other places.
   */
  readonly signature: string | null;
}

/**
 * Describes a webhook whose signed content may come two times without a repetition. Examples are two equal answers to
 * `<Gather>` in one call, or two requests of a Studio flow.
 */
export interface IdenticalWebhook {
  /**
   * The hash of Twilio's idempotency token. Twilio does not sign the token, so an attacker can replay a webhook with
   * another token.
   */
  readonly token: string;
  /**
   * The group in which the app counts identical webhooks, because only a limited number of them may fire events. All
   * identical webhooks of a call in progress are one group (scope: the SID of the call). Any other webhook counts only
   * with those of the same `key` (scope: this `key`).
   */
  readonly scope: string;
  /**
   * Whether the app had already answered the first webhook with this content when the second one arrived. If not, the
   * second one is a repetition, because Twilio continues a call only after the app's answer.
   */
  readonly isFirstAnswered: boolean;
}

/**
 * The result of comparing a webhook with those in the journal (the app's database). Only `new` and `completed` webhooks
 * show at once that Twilio reaches the app.
 *
 * - `new`: the webhook fires its event
 * - `age_unverified`: the webhook may be a replay, so it fires its event only after the age check
 * - `completed`: the app has read the webhook's message from Twilio's list before. The webhook's fields are added to
 *   the stored message, and it fires no event
 * - `repeated`: the journal already has the webhook, so it fires no event
 * - `doubtful`: the webhook has the signed content of an earlier webhook and comes so late that it may be a replay
 */
export type Novelty = "new" | "age_unverified" | "completed" | "repeated" | "doubtful";
