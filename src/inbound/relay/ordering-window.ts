import type { Clock } from "../../domain/clock.ts";

/** Within this time, in milliseconds, each relay request that still waits has posted its note again. */
const OPEN_MS = 3_000;

export interface OrderingWindowOptions<Item> {
  readonly run: (item: Item) => void;
  readonly clock: Clock;
}

/**
 * Puts the relay's notes (encrypted webhooks) into order after an interruption, when waiting notes arrive in any order.
 * While the window is open, items are collected. When it closes, they run in the order of their times. Otherwise each
 * item runs at once.
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
    /** Runs the item, or collects it if the window is open. `at`: in milliseconds of any one clock. */
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
    isOpen: (): boolean => collected !== null,
    /** Closes the window and runs the collected items. */
    close,
  };
}
