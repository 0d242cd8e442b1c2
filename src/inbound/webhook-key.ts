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
   * The valid signature; null for an item of Twilio's lists. Only Twilio can sign, so a known signature means a
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
   * Within this scope, the app counts and limits webhooks with identical content: the call, or the webhook itself
   * without one.
   */
  readonly scope: string;
  /**
   * Whether the app had answered the first webhook with this content before this one arrived. If not, this one is a
   * repetition: Twilio continues a call only after an answer.
   */
  readonly isFirstAnswered: boolean;
}

/**
 * The result of comparing a webhook with those in the journal (the app's database).
 *
 * - `new`: it fires its event. Only such a webhook shows that Twilio reaches the app
 * - `age_unverified`: it may be a replay, so it fires its event only after the age check
 * - `completed`: its message was read from Twilio's list before. Its fields are added, and it fires no event
 * - `repeated`: the journal has it, so it fires no event
 * - `doubtful`: it has the signed content of an earlier webhook and comes so late that it may be a replay
 */
export type Novelty = "new" | "age_unverified" | "completed" | "repeated" | "doubtful";
