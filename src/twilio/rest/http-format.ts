type Value = string | number | boolean | Date | null | undefined;

/**
 * Parameters as Twilio's client has them encoded: an array is its name repeated, undefined is left out, null is empty.
 * A space is `%20`, which means the same in a body and in a query.
 */
export function encodeParameters(parameters: object): string {
  const encoded = new URLSearchParams();
  // Twilio's client has made everything else into these before.
  for (const [name, given] of Object.entries(parameters) as [string, Value | Value[]][]) {
    for (const value of [given].flat()) {
      if (value !== undefined) encoded.append(name, textOf(value));
    }
  }
  return encoded.toString().replaceAll("+", "%20");
}

function textOf(value: Value): string {
  return value instanceof Date ? value.toISOString() : String(value ?? "");
}

/** Nobody waits longer for one header, in milliseconds: a wrong one would only stop what could be sent. */
const LONGEST_MS = 300_000;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date. Null where it asks for none,
 * also for "at once": one's own growing delays are kinder. Source: RFC 9110, 10.2.3
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, LONGEST_MS) : null;
}
