import type { Clock } from "../../domain/clock.ts";

/**
 * The relay posts each note (encrypted webhook) again until the app answers. Within this time, in milliseconds, it has
 * posted all unanswered notes again.
 */
const OPEN_MS = 3_000;

export interface OrderingWindowOptions<Item> {
  readonly run: (item: Item) => void;
  readonly clock: Clock;
}

/**
 * Puts the relay's notes (encrypted webhooks) into order. After an interruption, notes that waited arrive in any order.
 * For a short time, this window then collects them. Afterwards, it handles them in the order in which the relay
 * received the webhooks. While the window is closed, it handles each note at once.
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
     * Passes the item to `run`, or collects it while the window is open. `at`: the time by which the window orders the
     * items, in milliseconds. The times of all items must come from the same clock.
     */
    add(at: number, item: Item): void {
      if (collected === null) run(item);
      else collected.push({ at, item });
    },
    /** Collects items for three seconds from now. */
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
    /** Passes the collected items to `run` now, and collects no more. */
    close,
  };
}
