/** What Twilio charges for one message or call. */
export interface Price {
  /** Zero or more, in `currency`. */
  readonly amount: number;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
}

/** What a message or call cost; null where Twilio does not say so, or not yet. Never rejects. `isCall`: `sid` is a call's. */
export type FetchPrice = (sid: string, isCall: boolean) => Promise<Price | null>;
