import type { FetchPrice } from "../../domain/price.ts";
import type { TwilioApi } from "../rest/client.ts";

/** Fetches the price of a message or call; null while Twilio does not have it, which may take minutes. */
export function createPriceFetcher(api: () => Promise<TwilioApi>): FetchPrice {
  return async function fetchPrice(sid, isCall) {
    try {
      const { account } = await api();
      const { price, priceUnit } = isCall
        ? await account.calls(sid).fetch()
        : await account.messages(sid).fetch();
      // The price is null while it is unknown, although its type says otherwise. Twilio writes costs as negative
      // numbers.
      const amount = Math.abs(Number.parseFloat(price));
      return Number.isFinite(amount) && priceUnit ? { amount, currency: priceUnit.toUpperCase() } : null;
    } catch {
      return null;
    }
  };
}
