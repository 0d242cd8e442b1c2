/** Stands before the rendered text, so that Core keeps it as a text. Core turns `21,5` into a list, but not `=21,5`. */
const MARK = "=";

/**
 * Makes a template for the `variables` of a trigger. If a text of an automation looks like a list or mapping, Core
 * turns it into one. But Core's value still knows the text, and the template reads it. A real list or mapping has no
 * such text.
 *
 * @param expression the template of the value. It must not fail for any event, because Core then does not send the
 * event
 */
export function renderedTextTemplate(expression: string): string {
  return `${MARK}{{ (${expression} | default('')).render_result | default('') }}`;
}

/** Reads the text that such a template has rendered; null if Core has not converted the text. */
export function readRenderedText(rendered: unknown): string | null {
  if (typeof rendered !== "string" || !rendered.startsWith(MARK)) return null;
  return rendered.slice(MARK.length) || null;
}
