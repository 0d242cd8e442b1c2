/** A retry of a post to Twilio, or a look-up after a post without a clear answer. */
export interface RetryEvent {
  /** When the retry or look-up began, in milliseconds since 1970. */
  readonly at: number;
  /** What sent the request, such as `notify.twilio_sms`. */
  readonly origin: string;
  readonly to: string;
  /** `again`: the first post certainly was not processed. `looked_up`: it was not known whether it was processed. */
  readonly how: "again" | "looked_up";
  /** An English sentence; null after a crash of the app. */
  readonly why: string | null;
}
