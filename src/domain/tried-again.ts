/** A send that Twilio was not asked for only once, or that had to be looked for there. */
export interface TriedAgain {
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
