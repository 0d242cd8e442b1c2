type Value = string | number | boolean | Date | null | undefined;

/**
 * Encodes parameters like Twilio's client. For an array, the name is repeated with each item. Undefined is left out,
 * and null becomes an empty text. A space becomes `%20`, which is valid in a body and in a query.
 */
export function encodeParameters(parameters: object): string {
  const encoded = new URLSearchParams();
  // Twilio's client has already converted all parameters to the types in `Value`.
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

/** The longest wait that a header can cause, in milliseconds. A wrong header must not stop all messages for longer. */
const LONGEST_MS = 300_000;

/**
 * Reads the header `Retry-After`, which has seconds or an HTTP date. Returns the wait in milliseconds. Returns null if
 * the header demands no wait. The caller then uses the growing delays of the app's own retries. Source: RFC 9110,
 * 10.2.3
 *
 * @param now the present time, in milliseconds since 1970
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, LONGEST_MS) : null;
}
