import { ExactNumber } from "./exact-number.ts";

/** The JSON values that Home Assistant accepts in a text field. */
export type TextLike = string | number | boolean | ExactNumber;

/** Whether Home Assistant accepts a JSON value in a text field. */
export function isTextLike(value: unknown): value is TextLike {
  return ["string", "number", "boolean"].includes(typeof value) || value instanceof ExactNumber;
}

/** Converts a value to the text that Home Assistant's `cv.string` makes. A boolean becomes `True` or `False`. */
export function pythonText(value: TextLike): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
