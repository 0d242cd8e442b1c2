/**
 * How many answered webhooks the app remembers. An identical webhook can be new only within ten seconds, and only an
 * attacker sends more webhooks than this in ten seconds.
 */
const MOST_KEYS = 1_000;

/**
 * Remembers, in memory, whether a webhook was answered before an identical one arrived. An identical webhook before the
 * answer is a retry of Twilio or an attack.
 */
export function createAnsweredWebhooks() {
  const answeredAt = new Map<string, number>();
  let order = 0;

  return {
    /**
     * Notes that a webhook arrives. Returns the webhook's number. Arrivals and answers are numbered together, in their
     * order.
     */
    started: (): number => ++order,
    /** Notes that a webhook with this key has been answered. Only the first answer counts. */
    answered(key: string): void {
      if (answeredAt.has(key)) return;
      answeredAt.set(key, ++order);
      const [oldest] = answeredAt.keys();
      if (answeredAt.size > MOST_KEYS && oldest !== undefined) answeredAt.delete(oldest);
    },
    wasAnswered: (key: string, before: number): boolean => (answeredAt.get(key) ?? before) < before,
  };
}
