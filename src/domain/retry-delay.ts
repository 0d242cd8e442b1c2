const FIRST_MS = 500;
const MAX_MS = 30_000;

/**
 * Returns how long to wait before retry number `attempt` (from 1), in milliseconds. The wait doubles with each retry,
 * up to `MAX_MS`, and has jitter, as Twilio recommends for status 429. `random` is in [0, 1).
 */
export function retryDelay(attempt: number, random: number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
