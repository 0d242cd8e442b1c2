import type { Clock } from "../../domain/clock.ts";

/** By then every relay that waited has posted its note again, in milliseconds. */
const OPEN_MS = 3_000;

export interface OrderingWindowOptions<Item> {
  readonly run: (item: Item) => void;
  readonly clock: Clock;
}

/**
 * After an interruption the relay's waiting notes come in any order. While the window is open they are collected, and
 * then run in the order of their times; else each runs at once.
 */
export function createOrderingWindow<Item>({ run, clock }: OrderingWindowOptions<Item>) {
  let collected: { readonly at: number; readonly item: Item }[] | null = null;
  let closing = new AbortController();

  function close(): void {
    const items = collected ?? [];
    collected = null;
    closing.abort();
    for (const { item } of items.toSorted((a, b) => a.at - b.at)) run(item);
  }

  return {
    /** `at`: in milliseconds of any clock. */
    add(at: number, item: Item): void {
      if (collected === null) run(item);
      else collected.push({ at, item });
    },
    /** Opens the window for three seconds from now. */
    open(): void {
      collected ??= [];
      closing.abort();
      const mine = new AbortController();
      closing = mine;
      void clock.wait(OPEN_MS, mine.signal).then(() => {
        if (!mine.signal.aborted) close();
      });
    },
    /** Runs what is collected now. */
    close,
  };
}
