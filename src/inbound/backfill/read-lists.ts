import { maskNumber } from "../../domain/address/mask-number.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MissedItems, OurNumbers } from "../ports.ts";
import type { Listing } from "./choose-items.ts";
import type { MissedItem } from "./missed-item.ts";
import type { OurNumber } from "./missed-item.ts";

/** Readings of what was allowed before. */
const MOST_REFUSALS = 5;

export interface BackfillReaderOptions {
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly missedItems: MissedItems;
  readonly logger: Logger;
}

/**
 * Twilio's lists of what came to our numbers: messages to numbers that were heard or point here, calls only to numbers
 * whose address for calls is ours. Each is read twice, because what the first reading shows may have a
 * webhook on its way, and because the lists lag behind. One that is refused is given up and does not hold up the others.
 */
export function createBackfillReader(
  { ourNumbers, missedItems, logger }: BackfillReaderOptions,
  since: Date,
  limit: number,
) {
  const known = new Set<string>();
  const heard = ourNumbers.numbers();
  let unread = heard.filter(({ kind }) => kind === "message").filter(isNew);
  let readOnce: readonly OurNumber[] = [];
  let arePointedKnown = false;
  let wasAnswered = false;
  let refusals = 0;

  function isNew({ kind, address }: OurNumber): boolean {
    const name = `${kind} ${address}`;
    return !known.has(name) && Boolean(known.add(name));
  }

  async function learnPointed(): Promise<void> {
    const answer = await missedItems.configuredNumbers();
    arePointedKnown = answer.kind !== "away";
    if (answer.kind === "listed") unread = [...unread, ...answer.items.filter(isNew)];
    if (answer.kind === "listed") wasAnswered = true;
    if (answer.kind !== "refused") return;
    // Its webhook proved that the address for calls was ours, and nothing says that it is not any more.
    unread = [...unread, ...heard.filter(isNew)];
    logger.warning(
      `Twilio refused to list the account's numbers (HTTP ${answer.status}), so that only those are asked for that were heard before.`,
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

  function sayRefused({ number: { kind, address }, answer }: Read): void {
    if (answer.kind === "refused")
      logger.warning(
        `Twilio refused to list the ${kind}s to ${maskNumber(address)} (HTTP ${answer.status}), so that those which came in meanwhile are not fetched.`,
      );
  }

  return {
    /** Reads all that has not been read twice; what could not be read is left for the next time. */
    async readNext(): Promise<Listing[]> {
      if (!arePointedKnown) await learnPointed();
      const [first, second] = await Promise.all([read(unread), read(readOnce)]);
      first.forEach(sayRefused);
      unread = numbersOf(first, "away");
      readOnce = [...numbersOf(first, "listed"), ...numbersOf(second, "away")];
      // What was allowed once is not given up at once: something of it may be held.
      const refused = numbersOf(second, "refused");
      if (refused.length > 0) refusals += 1;
      if (refusals <= MOST_REFUSALS) readOnce = [...readOnce, ...refused];
      else second.forEach(sayRefused);
      return [...listings(first, false), ...listings(second, true)];
    },
    /** Whether the next time is worth its while. */
    isFinished: (): boolean => arePointedKnown && unread.length + readOnce.length === 0,
    /** Whether something has not been read even once. */
    hasUnreadLists: (): boolean => !arePointedKnown || unread.length > 0,
    /** False where Twilio refused all: wrong credentials, rather than a missing permission. */
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
