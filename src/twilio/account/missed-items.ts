import type { MissedItem, OurNumber } from "../../inbound/backfill/missed-item.ts";
import type { LearnableAddress, MissedItems, MissedItemsQuery } from "../../inbound/ports.ts";
import { isWebhookOf } from "../../setup/number-webhooks.ts";
import type { TwilioApi } from "../rest/client.ts";
import { tryList } from "../rest/outcome.ts";
import { callFields, messageFields, utcDayOf } from "./listed-fields.ts";
import type { AccountNumber } from "./lists.ts";

/**
 * Creates the functions that list incoming messages and calls at Twilio, for the backfill after an outage. A number
 * belongs to the app if its webhook URL in `accountNumbers` begins with one of the bases in `address`.
 */
export function createMissedItems(
  api: () => Promise<TwilioApi>,
  accountNumbers: () => Promise<readonly AccountNumber[]>,
  address: Pick<LearnableAddress, "bases">,
): MissedItems {
  return {
    fetch: (query) => tryList(async () => await missedItems(await api(), query)),
    configuredNumbers: () =>
      tryList(async () => {
        const bases = address.bases();
        if (bases.length === 0) return [];
        return (await accountNumbers()).flatMap((number) => numbersAt(bases, number));
      }),
  };
}

/**
 * Returns up to two entries for a number. It has one for messages if the number's webhook URL for messages is the app's.
 * It has one for calls if the number's webhook URL for calls is the app's.
 */
function numbersAt(bases: readonly string[], { number, smsUrl, voiceUrl }: AccountNumber): OurNumber[] {
  return [
    ...(isWebhookOf(bases, smsUrl) ? [{ kind: "message" as const, address: number }] : []),
    ...(isWebhookOf(bases, voiceUrl) ? [{ kind: "call" as const, address: number }] : []),
  ];
}

async function missedItems(
  { account }: TwilioApi,
  { kind, to, since, limit }: MissedItemsQuery,
): Promise<MissedItem[]> {
  // The filter of Twilio's lists knows only whole days.
  const day = utcDayOf(since);
  const items =
    kind === "message"
      ? (await account.messages.list({ to, dateSentAfter: day, limit })).map((message) => ({
          item: message,
          fields: messageFields(message),
        }))
      : (await account.calls.list({ to, startTimeAfter: day, limit })).map((call) => ({
          item: call,
          fields: callFields(call),
        }));
  return items
    .filter(({ item }) => item.direction === "inbound" && item.dateCreated >= since)
    .map(({ item, fields }) => ({
      kind: kind === "message" ? "message" : "incoming_call",
      sid: item.sid,
      fields,
      createdAt: item.dateCreated,
    }));
}
