import { maskNumber } from "../../domain/address/mask-number.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItems, OurNumbers } from "../ports.ts";
import type { Listing } from "./choose-items.ts";
import type { MissedItem } from "./missed-item.ts";
import type { OurNumber } from "./missed-item.ts";

/** A list that Twilio has returned before is given up after this many refusals. */
const MOST_REFUSALS = 5;

export interface BackfillReaderOptions {
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly missedItems: MissedItems;
  readonly logger: Logger;
}

/**
 * Reads Twilio's lists of messages and calls to the user's numbers. Messages are read for numbers whose webhooks have
 * reached the app, and for numbers that are set up for it. Calls are read only for numbers that are set up for it.
 *
 * Each list is read twice. At the first read, a webhook may still be on its way, and the lists lag behind. A list that
 * Twilio refuses is given up, and the other lists are still read.
 *
 * @param since items that were created earlier are not read
 * @param limit the most items of one list
 */
export function createBackfillReader(
  { ourNumbers, missedItems, logger }: BackfillReaderOptions,
  since: Date,
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
    // Their call webhooks have reached the app before, so they are probably still set up for it.
    unread = [...unread, ...receiving.filter(isNew)];
    logger.warning(
      `Twilio refused to list the account's numbers (HTTP ${answer.status}). Missed messages and calls are fetched only for numbers whose webhooks have reached the app.`,
    );
  }

  async function read(numbers: readonly OurNumber[]): Promise<Read[]> {
    return await Promise.all(
      numbers.map(async (number) => {
        const { kind, address } = number;
        const answer = await missedItems.fetch({ kind, to: address, since, limit });
        if (answer.kind === "listed") wasAnswered = true;
        return { number, answer };
      }),
    );
  }

  function logRefusal({ number: { kind, address }, answer }: Read): void {
    if (answer.kind === "refused")
      logger.warning(
        `Twilio refused to list the ${kind}s to ${maskNumber(address)} (HTTP ${answer.status}). The app does not fetch the ${kind}s that it missed.`,
      );
  }

  return {
    /** Reads all lists that have not been read twice. A list that could not be read is left for the next call. */
    async readNext(): Promise<Listing[]> {
      if (!areConfiguredKnown) await readConfigured();
      const [first, second] = await Promise.all([read(unread), read(secondReads)]);
      first.forEach(logRefusal);
      unread = numbersOf(first, "away");
      secondReads = [...numbersOf(first, "listed"), ...numbersOf(second, "away")];
      // This list was returned before, and may hold items that are still to be chosen.
      const refused = numbersOf(second, "refused");
      if (refused.length > 0) refusals += 1;
      if (refusals <= MOST_REFUSALS) secondReads = [...secondReads, ...refused];
      else second.forEach(logRefusal);
      return [...listings(first, false), ...listings(second, true)];
    },
    /** Whether all lists have been read twice or given up. */
    isFinished: (): boolean => areConfiguredKnown && unread.length + secondReads.length === 0,
    /** Whether a list has not been read at all. */
    hasUnreadLists: (): boolean => !areConfiguredKnown || unread.length > 0,
    /** False if Twilio refused everything. The credentials are then wrong; it is not one missing permission. */
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
