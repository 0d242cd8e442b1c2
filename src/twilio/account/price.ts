import type { TwilioApi } from "../rest/client.ts";

/** As Twilio bills it. */
export interface Price {
  /** Zero or more, in `currency`. */
  readonly amount: number;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
}

/**
 * What a message or call cost; null where Twilio does not say so, or not yet, which may take it some minutes. Never
 * throws. `isCall`: it is a call's SID.
 */
export function createPriceFetcher(api: () => Promise<TwilioApi>) {
  return async function fetchPrice(sid: string, isCall: boolean): Promise<Price | null> {
    try {
      const { account } = await api();
      const { price, priceUnit } = isCall
        ? await account.calls(sid).fetch()
        : await account.messages(sid).fetch();
      // Null until it is known, whatever its type says; what an account pays is negative.
      const amount = Math.abs(Number.parseFloat(price));
      return Number.isFinite(amount) && priceUnit ? { amount, currency: priceUnit.toUpperCase() } : null;
    } catch {
      return null;
    }
  };
}
