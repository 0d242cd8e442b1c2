/** The price of one message or call at Twilio. */
export interface Price {
  /** Zero or more, in `currency`. */
  readonly amount: number;
  /** The currency by ISO 4217, such as `USD`. */
  readonly currency: string;
}

/** Reads the price of a message, or of a call if `isCall`; null if Twilio does not report it, or not yet. Never rejects. */
export type FetchPrice = (sid: string, isCall: boolean) => Promise<Price | null>;
