import type { WebhookFields } from "../domain/classify-webhook.ts";

/** Every parameter received, repeated names with all their values: the signature covers them all. */
export type FormParameters = Readonly<Record<string, string | string[]>>;

/** Parses a form body or query. Any name is kept as it is, `__proto__` included; nothing is trimmed. */
export function parseForm(text: string): FormParameters {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all]),
  );
}

/** As Core's integration hands a form on: the first of repeated values. */
export function firstValues(parameters: FormParameters): WebhookFields {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === "string" ? value : (value[0] ?? ""),
    ]),
  );
}
