import type { WebhookFields } from "../../../domain/events/webhook.ts";
import { decodeFormText } from "./percent-decode.ts";

/** All parameters that were received. A repeated name has all its values, because the signature covers them all. */
export type FormParameters = Readonly<Record<string, string | string[]>>;

/**
 * Parses a form body, or a query without its `?`, like `URLSearchParams`. Keeps every name, even `__proto__`, and trims
 * nothing. `URLSearchParams` itself is too slow: it takes 10 ms if an attacker sends a thousand names and values in
 * invalid UTF-8.
 */
export function parseForm(text: string): FormParameters {
  const parameters: Record<string, string | string[]> = {};
  for (const part of text.split("&")) {
    if (part === "") continue;
    const end = part.indexOf("=");
    const name = decodeFormText(end === -1 ? part : part.slice(0, end));
    const value = end === -1 ? "" : decodeFormText(part.slice(end + 1));
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (known === undefined) setOwn(parameters, name, value);
    else if (typeof known === "string") setOwn(parameters, name, [known, value]);
    else known.push(value);
  }
  return parameters;
}

/** Reduces repeated parameters to their first values, as Core's integration does. */
export function firstValues(parameters: FormParameters): WebhookFields {
  const fields: Record<string, string> = {};
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    setOwn(fields, name, (typeof value === "string" ? value : value?.[0]) ?? "");
  }
  return fields;
}

/** Sets a property of any name. A plain assignment to `__proto__` would not set a property. */
function setOwn<Value>(target: Record<string, Value>, name: string, value: Value): void {
  if (name !== "__proto__") target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
