import type { FormParameters } from "./parse-form.ts";

/**
 * Returns the parameters in the order in which Twilio signs them, without separators: sorted by name, and then by value. A
 * repeated value counts once. Source: twilio.com/docs/usage/security
 */
export function signedOrder(parameters: FormParameters): (readonly [string, readonly string[]])[] {
  return Object.keys(parameters)
    .toSorted()
    .map((name) => [name, valuesInOrder(parameters[name] ?? "")]);
}

function valuesInOrder(value: string | string[]): readonly string[] {
  return typeof value === "string" ? [value] : [...new Set(value)].toSorted();
}
