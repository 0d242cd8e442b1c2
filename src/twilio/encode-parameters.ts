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
