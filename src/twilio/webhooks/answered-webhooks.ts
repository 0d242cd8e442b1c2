/**
 * The most webhooks that are remembered. A webhook matters for ten seconds after its answer, and only an attack sends
 * more in that time.
 */
const MOST_KEYS = 1_000;

/** Remembers in memory which webhooks were answered before another one arrived. */
export function createAnsweredWebhooks() {
  const answeredAt = new Map<string, number>();
  let order = 0;

  return {
    /** Called when a webhook arrives. Returns its number in the order of arrivals and answers. */
    started: (): number => ++order,
    /** Called when a webhook with this key has been answered. Only the first answer counts. */
    answered(key: string): void {
      if (answeredAt.has(key)) return;
      answeredAt.set(key, ++order);
      const [oldest] = answeredAt.keys();
      if (answeredAt.size > MOST_KEYS && oldest !== undefined) answeredAt.delete(oldest);
    },
    wasAnswered: (key: string, before: number): boolean => (answeredAt.get(key) ?? before) < before,
  };
}
