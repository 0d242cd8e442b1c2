import type { FetchPrice } from "../../domain/price.ts";
import type { TwilioApi } from "../rest/client.ts";

/**
 * Creates a function that fetches the price of a message or call. It resolves to null if Twilio does not answer, and as
 * long as Twilio does not know the price, which may take minutes.
 */
export function createPriceFetcher(api: () => Promise<TwilioApi>): FetchPrice {
  return async function fetchPrice(sid, isCall) {
    try {
      const { account } = await api();
      const { price, priceUnit } = isCall
        ? await account.calls(sid).fetch()
        : await account.messages(sid).fetch();
      // Twilio's price is null as long as it is unknown, although its type says otherwise. Costs are negative.
      const amount = Math.abs(Number.parseFloat(price));
      return Number.isFinite(amount) && priceUnit ? { amount, currency: priceUnit.toUpperCase() } : null;
    } catch {
      return null;
    }
  };
}
