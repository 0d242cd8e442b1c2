/**
 * Limit of remembered requests. A request matters for ten seconds after its answer; more than this many come only in an
 * attack.
 */
const MOST_KEYS = 1_000;

/** Knows which requests were answered before another one came. Forgotten with the process: then none was. */
export function createAnsweredWebhooks() {
  const answeredAt = new Map<string, number>();
  let moment = 0;

  return {
    /** A request is there: when, in moments that only grow. */
    started: (): number => ++moment,
    /** A request with that key has its answer. The first answer counts. */
    answered(key: string): void {
      if (answeredAt.has(key)) return;
      answeredAt.set(key, ++moment);
      const [oldest] = answeredAt.keys();
      if (answeredAt.size > MOST_KEYS && oldest !== undefined) answeredAt.delete(oldest);
    },
    wasAnswered: (key: string, before: number): boolean => (answeredAt.get(key) ?? before) < before,
  };
}
