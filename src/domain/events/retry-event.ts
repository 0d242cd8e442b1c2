/** One retry of a post to Twilio, or one look-up at Twilio after a post without a clear answer. */
export interface RetryEvent {
  /** When the app posted again, or asked Twilio about the first post, in milliseconds since 1970. */
  readonly at: number;
  /** The source of the request, such as `notify.twilio_sms`. */
  readonly origin: string;
  readonly to: string;
  /**
   * `again`: the app posts again, because Twilio certainly did not process the first post. `looked_up`: the app asks
   * Twilio whether it processed the first post.
   */
  readonly how: "again" | "looked_up";
  /**
   * Why the first post failed, as an English sentence. If the app crashed before an answer came, the sentence says
   * that. Null if no reason is known.
   */
  readonly why: string | null;
}
