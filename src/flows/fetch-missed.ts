import type { Logger } from "../domain/logger.ts";
import { retryDelay } from "../domain/retry-delay.ts";
import type { FetchedItem } from "./receive-webhooks.ts";

const DAY_MS = 86_400_000;
/** Twilio made what its last webhook told a moment before the app heard it. */
const OVERLAP_MS = 60_000;
const MOST_ITEMS = 500;
const MOST_TRIES = 20;

interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}

export interface FetchMissedOptions {
  /** When Twilio was last heard before this start, in milliseconds since 1970; null on a first start. */
  readonly lastHeard: number | null;
  /** Numbers that ever reached the app with a valid signature. */
  readonly heardNumbers: () => readonly OurNumber[];
  /** Numbers of the account whose address at Twilio is the app's. */
  readonly pointedHere: () => Promise<readonly OurNumber[]>;
  readonly fetch: (query: {
    readonly kind: "message" | "call";
    readonly to: string;
    readonly since: Date;
    readonly limit: number;
  }) => Promise<FetchedItem[]>;
  /** Keeps one unless it was heard; false where it was. */
  readonly receive: (item: FetchedItem) => Promise<boolean>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Twilio gives a webhook up after 15 s, so that what came while the app was down can only be fetched. Goes back to when
 * Twilio was last heard, a day at most; tries again while Twilio is away, until `signal` aborts.
 */
export async function fetchMissed(options: FetchMissedOptions, signal: AbortSignal): Promise<void> {
  const { lastHeard, logger } = options;
  if (lastHeard === null) return;
  const since = new Date(Math.max(lastHeard - OVERLAP_MS, options.now() - DAY_MS));
  for (let attempt = 1; attempt <= MOST_TRIES && !signal.aborted; attempt += 1) {
    try {
      const found = await fetchAll(options, since);
      if (found > 0)
        logger.info(`Fetched ${found} of what Twilio had for you while the app was not listening.`);
      return;
    } catch {
      if (attempt === 1)
        logger.warning("Twilio could not be asked for what came in meanwhile; trying again.");
      await options.wait(retryDelay(attempt, 1), signal);
    }
  }
}

async function fetchAll(options: FetchMissedOptions, since: Date): Promise<number> {
  const missed: FetchedItem[] = [];
  for (const { kind, address } of await ourNumbers(options)) {
    const limit = MOST_ITEMS - missed.length;
    if (limit <= 0) {
      options.logger.warning(
        `More than ${MOST_ITEMS} messages and calls came in meanwhile; the rest is not fetched.`,
      );
      break;
    }
    missed.push(...(await options.fetch({ kind, to: address, since, limit })));
  }
  const inOrder = missed.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const kept = await Promise.all(inOrder.map(options.receive));
  return kept.filter(Boolean).length;
}

async function ourNumbers({ heardNumbers, pointedHere }: FetchMissedOptions): Promise<OurNumber[]> {
  // Not every key may read the account's numbers; those that were heard are known without.
  const pointed = await pointedHere().catch(() => []);
  const all = [...heardNumbers(), ...pointed];
  return [...new Map(all.map((number) => [`${number.kind} ${number.address}`, number])).values()];
}
