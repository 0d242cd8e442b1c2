/** What makes two requests of Twilio's one and the same. */
export interface WebhookKey {
  /** The message or call that it is about; null where it names none. */
  readonly sid: string | null;
  readonly key: string;
  /**
   * Twilio's idempotency token, where nothing signed tells two requests apart, such as two answers to `<Gather>` in
   * one call. It is unsigned, so that it counts only while the call lasts; null where it does not count.
   */
  readonly token: string | null;
  /**
   * The signature that verified. Nobody but Twilio can make one, so that one seen before is a captured request sent
   * again, however its parameters are split: what is signed are names and values without anything between them. Null
   * for what was fetched.
   */
  readonly signature: string | null;
}
