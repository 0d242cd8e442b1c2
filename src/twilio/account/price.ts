import type { FetchPrice } from "../../domain/price.ts";
import type { TwilioApi } from "../rest/client.ts";

/** Asks Twilio, which may take some minutes to know a price. */
export function createPriceFetcher(api: () => Promise<TwilioApi>): FetchPrice {
  return async function fetchPrice(sid, isCall) {
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
