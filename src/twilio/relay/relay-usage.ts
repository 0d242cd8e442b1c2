import type { RelayUsageSource } from "../../setup/relay/ports.ts";
import type { TwilioApi } from "../rest/client.ts";
import { tryList } from "../rest/outcome.ts";

/** How many categories of usage the app reads, which is more than Twilio has. */
const MOST_CATEGORIES = 1_000;
/**
 * Matches Twilio's categories for Functions and Sync. Source: twilio.com/docs/usage/api/usage-record#usage-categories
 */
const RELAYED = /^(functions|serverless|sync)/;

/** Creates a function that reads this month's usage and costs of Functions and Sync, for the whole account. */
export function createRelayUsage(api: () => Promise<TwilioApi>): RelayUsageSource {
  return {
    thisMonth: () =>
      tryList(async () => {
        const { account } = await api();
        const records = await account.usage.records.thisMonth.list({ limit: MOST_CATEGORIES });
        return records
          .filter(({ category, usage }) => RELAYED.test(category) && Number(usage) > 0)
          .map(({ description, usage, usageUnit, price, priceUnit }) => ({
            what: description,
            amount: `${usage} ${usageUnit}`.trim(),
            price: `${price} ${priceUnit.toUpperCase()}`,
          }));
      }),
  };
}
