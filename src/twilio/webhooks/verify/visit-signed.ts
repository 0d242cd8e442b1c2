import type { FormParameters } from "./parse-form.ts";

/**
 * Calls `visit` for each name and value, in the order in which Twilio signs them. The names are sorted, and so are the
 * values of one name. Equal values of one name count once. Source: twilio.com/docs/usage/security
 *
 * Returns no list, because the app would create two of them for every webhook.
 */
export function visitSigned(parameters: FormParameters, visit: (name: string, value: string) => void): void {
  for (const name of Object.keys(parameters).toSorted()) {
    const value = parameters[name] ?? "";
    if (typeof value === "string") visit(name, value);
    else for (const one of [...new Set(value)].toSorted()) visit(name, one);
  }
}
