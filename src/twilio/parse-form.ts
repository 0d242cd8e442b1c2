import type { WebhookFields } from "../domain/classify-webhook.ts";

/** Every parameter received, repeated names with all their values: the signature covers them all. */
export type FormParameters = Readonly<Record<string, string | string[]>>;

/**
 * Parses a form body or query. Nothing is trimmed, and any name is kept as it is: the object has no prototype, so that
 * `__proto__` is a name like any other.
 */
export function parseForm(text: string): FormParameters {
  const parameters = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    const known = parameters[name];
    if (known === undefined) parameters[name] = value;
    else if (typeof known === "string") parameters[name] = [known, value];
    else known.push(value);
  }
  return parameters;
}

/** As Core's integration hands a form on: the first of repeated values. */
export function firstValues(parameters: FormParameters): WebhookFields {
  const fields = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    fields[name] = (typeof value === "string" ? value : value?.[0]) ?? "";
  }
  return fields;
}
