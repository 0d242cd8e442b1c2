import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";

import type { TwilioApi } from "../rest/client.ts";
import { utcDayOf } from "./listed-fields.ts";

const PAGE_SIZE = 100;
/**
 * How many pages the app reads if the messages are not sorted from new to old. Twilio does not promise this order. In
 * an unsorted list, any page may contain new messages.
 */
const MOST_UNORDERED_PAGES = 10;
/** How many pages the app reads at most, which is enough for a day with 20,000 messages. */
const MOST_PAGES = 200;

/** One page of a list, as Twilio's client returns it. */
interface Page {
  readonly instances: readonly MessageInstance[];
  nextPage(): Promise<Page> | undefined;
}

/**
 * Reads the messages of the account, received and sent, that were created at `since` or later, from at most
 * `MOST_PAGES` pages. In a list that is sorted from new to old, stops after the first page whose last message is older
 * than `since`. So a long history costs nothing.
 *
 * @throws the errors of Twilio's client
 */
export async function readMessagesSince({ account }: TwilioApi, since: Date): Promise<MessageInstance[]> {
  const found: MessageInstance[] = [];
  let isFalling = true;
  let last = Number.POSITIVE_INFINITY;
  let page: Page | undefined = await account.messages.page({
    dateSentAfter: utcDayOf(since),
    pageSize: PAGE_SIZE,
  });
  for (let pages = 1; page !== undefined; pages += 1) {
    const { instances }: Page = page;
    for (const message of instances) {
      const at: number = message.dateCreated.getTime();
      isFalling &&= at <= last;
      last = at;
      if (message.dateCreated >= since) found.push(message);
    }
    const isEnough: boolean = isFalling
      ? last < since.getTime() || pages >= MOST_PAGES
      : pages >= MOST_UNORDERED_PAGES;
    page = isEnough ? undefined : await page.nextPage();
  }
  return found;
}
