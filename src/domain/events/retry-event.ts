/** A message or call that was posted to Twilio more than once, or looked up there after a doubt. */
export interface RetryEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who asked, for people. */
  readonly origin: string;
  readonly to: string;
  /** `again`: no byte of it had left, or Twilio refused it unprocessed. `looked_up`: whether it was sent was in doubt. */
  readonly how: "again" | "looked_up";
  /** A sentence, in English; null where the doubt comes of a crash. */
  readonly why: string | null;
}
