import { maskNumber } from "../../domain/address/mask-number.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItems, OurNumbers } from "../ports.ts";
import type { Listing } from "./choose-items.ts";
import type { MissedItem } from "./missed-item.ts";
import type { OurNumber } from "./missed-item.ts";

/**
 * If Twilio returned a list at the first read and refuses the second read, the app repeats the second read at most this
 * many times.
 */
const MOST_REFUSALS = 5;

export interface BackfillReaderOptions {
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly missedItems: MissedItems;
  readonly logger: Logger;
}

/**
 * Creates a reader of Twilio's lists of messages and calls to the user's numbers. It reads the messages of numbers
 * whose webhooks have reached the app, and of numbers that are set up for the app. It reads calls only for numbers that
 * are set up for the app. If Twilio refuses to list these numbers, it reads the calls of numbers whose webhooks have
 * reached the app.
 *
 * The reader reads each list two times. At the first read, a webhook may still be on its way, and the list may not yet
 * contain the newest items. If Twilio refuses one list, the reader still reads the others.
 *
 * @param since the reader leaves out items that were created earlier by Twilio's clock. It is called for each read,
 *   because the app only knows Twilio's clock after Twilio's first answer
 * @param limit the highest number of items in one list
 */
export function createBackfillReader(
  { ourNumbers, missedItems, logger }: BackfillReaderOptions,
  since: () => Date,
  limit: number,
) {
  const known = new Set<string>();
  const receiving = ourNumbers.numbers();
  let unread = receiving.filter(({ kind }) => kind === "message").filter(isNew);
  let secondReads: readonly OurNumber[] = [];
  let areConfiguredKnown = false;
  let wasAnswered = false;
  let refusals = 0;

  function isNew({ kind, address }: OurNumber): boolean {
    const name = `${kind} ${address}`;
    return !known.has(name) && Boolean(known.add(name));
  }

  async function readConfigured(): Promise<void> {
    const answer = await missedItems.configuredNumbers();
    areConfiguredKnown = answer.kind !== "away";
    if (answer.kind === "listed") unread = [...unread, ...answer.items.filter(isNew)];
    if (answer.kind === "listed") wasAnswered = true;
    if (answer.kind !== "refused") return;
    // Twilio refused to list the numbers that are set up for the app. But webhooks for the numbers in `receiving` have
    // reached the app before, so these numbers are probably still set up.
    unread = [...unread, ...receiving.filter(isNew)];
    logger.warning(
      `Twilio refused to list the account's numbers (HTTP ${answer.status}). So the app fetches missed messages and calls only for numbers whose webhooks have reached the app. If you use an API key, enter a Standard key.`,
    );
  }

  async function read(numbers: readonly OurNumber[]): Promise<Read[]> {
    return await Promise.all(
      numbers.map(async (number) => {
        const { kind, address } = number;
        const answer = await missedItems.fetch({ kind, to: address, since: since(), limit });
        if (answer.kind === "listed") wasAnswered = true;
        return { number, answer };
      }),
    );
  }

  function logRefusal({ number: { kind, address }, answer }: Read): void {
    if (answer.kind === "refused")
      logger.warning(
        `Twilio refused to list the ${kind}s to ${maskNumber(address)} (HTTP ${answer.status}), so the app cannot fetch the ${kind}s that it missed. If you use an API key, enter a Standard key.`,
      );
  }

  return {
    /**
     * Reads each list that has not been read two times. If Twilio does not answer, the next `readNext()` reads the
     * list.
     */
    async readNext(): Promise<Listing[]> {
      if (!areConfiguredKnown) await readConfigured();
      const [first, second] = await Promise.all([read(unread), read(secondReads)]);
      first.forEach(logRefusal);
      unread = numbersOf(first, "away");
      secondReads = [...numbersOf(first, "listed"), ...numbersOf(second, "away")];
      // After the first read of a list, the app takes only the items whose webhooks cannot arrive any
      // more. It takes the others after the second read. So if Twilio refuses the second read, repeat it.
      const refused = numbersOf(second, "refused");
      if (refused.length > 0) refusals += 1;
      if (refusals <= MOST_REFUSALS) secondReads = [...secondReads, ...refused];
      else second.forEach(logRefusal);
      return [...listings(first, false), ...listings(second, true)];
    },
    /** Whether each list has been read two times, or is no longer read because Twilio refused it. */
    isFinished: (): boolean => areConfiguredKnown && unread.length + secondReads.length === 0,
    /** Whether Twilio has not yet answered the first read of a list. A refusal counts as an answer. */
    hasUnreadLists: (): boolean => !areConfiguredKnown || unread.length > 0,
    /**
     * Whether Twilio has returned at least one list. If Twilio refused all lists, the credentials are wrong, and the
     * backfill does not count as complete. If Twilio refused only some, the credentials lack permission for these
     * lists.
     */
    hasSucceeded: (): boolean => wasAnswered,
  };
}

interface Read {
  readonly number: OurNumber;
  readonly answer: ListAnswer<MissedItem>;
}

function numbersOf(read: readonly Read[], kind: ListAnswer<MissedItem>["kind"]): OurNumber[] {
  return read.filter(({ answer }) => answer.kind === kind).map(({ number }) => number);
}

function listings(read: readonly Read[], isSecondReading: boolean): Listing[] {
  return read.flatMap(({ answer }) =>
    answer.kind === "listed" ? [{ items: answer.items, isSecondReading }] : [],
  );
}
