import type { FormParameters } from "./parse-form.ts";

/** Why the app does not accept a JSON body. Each text completes a sentence that begins with "it". */
const REASONS = {
  broken: "is not valid JSON",
  shape: "is JSON, but not an object with names and values",
  nested:
    "has lists or objects as values in its JSON: send a flat object, because an event contains only texts",
} as const;

export type ParsedJson =
  | { readonly ok: true; readonly parameters: FormParameters }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads the fields of a flat JSON object as texts, like the fields of Twilio's forms. Numbers keep their spelling, so
 * that a long one loses no digit. A null becomes an empty text.
 */
export function parseJson(text: string): ParsedJson {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, asText);
  } catch {
    return refused("broken");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return refused("shape");
  const isFlat = Object.values(parsed).every((value) => typeof value === "string");
  return isFlat ? { ok: true, parameters: parsed as FormParameters } : refused("nested");
}

/**
 * Converts one JSON value to a text. The third argument contains the value as the JSON spells it (`source`). TypeScript
 * does not declare this argument yet.
 */
function asText(_name: string, value: unknown, written?: { readonly source?: string }): unknown {
  if (value === null) return "";
  return typeof value === "object" || typeof value === "string"
    ? value
    : (written?.source ?? JSON.stringify(value));
}

function refused(why: keyof typeof REASONS): ParsedJson {
  return { ok: false, reason: `it ${REASONS[why]}` };
}
