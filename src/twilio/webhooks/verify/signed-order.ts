import type { FormParameters } from "./parse-form.ts";

/**
 * Returns the parameters in the order in which Twilio signs them. The names are sorted, and so are the values of one
 * name. Equal values of one name count once. Source: twilio.com/docs/usage/security
 */
export function signedOrder(parameters: FormParameters): (readonly [string, readonly string[]])[] {
  return Object.keys(parameters)
    .toSorted()
    .map((name) => [name, valuesInOrder(parameters[name] ?? "")]);
}

function valuesInOrder(value: string | string[]): readonly string[] {
  return typeof value === "string" ? [value] : [...new Set(value)].toSorted();
}
