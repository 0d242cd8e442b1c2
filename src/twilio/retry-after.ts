/** Nobody waits longer for one header, in milliseconds: a wrong one would only stop what could be sent. */
const LONGEST_MS = 300_000;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date. Null where it asks for none,
 * also for "at once": one's own growing delays are kinder. Source: RFC 9110, 10.2.3
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, LONGEST_MS) : null;
}
