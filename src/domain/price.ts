/** The price of one message or call at Twilio. */
export interface Price {
  /** The amount in `currency`, zero or more. */
  readonly amount: number;
  /** The ISO 4217 code of the currency, such as `USD`. */
  readonly currency: string;
}

/**
 * Reads the price of a message, or of a call if `isCall`, at Twilio. Resolves to null as long as Twilio does not report
 * a price, and if the request fails. Never rejects.
 */
export type FetchPrice = (sid: string, isCall: boolean) => Promise<Price | null>;
