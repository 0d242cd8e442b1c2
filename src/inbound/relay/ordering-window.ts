import type { Clock } from "../../domain/clock.ts";

/**
 * The relay posts a note again until it is answered. Within this time, in milliseconds, all unanswered notes arrive
 * again.
 */
const OPEN_MS = 3_000;

export interface OrderingWindowOptions<Item> {
  readonly run: (item: Item) => void;
  readonly clock: Clock;
}

/**
 * Puts the relay's notes (encrypted webhooks) into order. After an interruption, notes that waited arrive in any order.
 * The window is open for a short time then, and collects items. When it closes, they run in the order of their times.
 * While the window is closed, each item runs at once.
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
    /**
     * Runs the item, or collects it while the window is open. `at`: the item's time in milliseconds, by the same clock
     * for all items.
     */
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
    /** Closes the window now and runs the collected items. */
    close,
  };
}
