import { ExactNumber } from "./exact-number.ts";

/** What of JSON Home Assistant takes for a text. */
export type TextLike = string | number | boolean | ExactNumber;

export function isTextLike(value: unknown): value is TextLike {
  return ["string", "number", "boolean"].includes(typeof value) || value instanceof ExactNumber;
}

/** The text that Home Assistant's `cv.string` makes of what a template left: a bool is `True` there. */
export function pythonText(value: TextLike): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
