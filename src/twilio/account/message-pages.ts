import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";

import type { TwilioApi } from "../rest/client.ts";
import { utcDayOf } from "./listed-fields.ts";

const PAGE_SIZE = 100;
/** Twilio does not promise any order. Without one, every page may hold something new, up to a limit. */
const MOST_UNORDERED_PAGES = 10;
/** A day of an account with 20,000 messages. */
const MOST_PAGES = 200;

/** As Twilio's client gives a page of a list. */
interface Page {
  readonly instances: readonly MessageInstance[];
  nextPage(): Promise<Page> | undefined;
}

/**
 * All messages of the account, in and out, that were made since then. Reads on only while a page ends with a younger
 * one, so that a year of history costs nothing.
 *
 * @throws what Twilio's client throws
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
