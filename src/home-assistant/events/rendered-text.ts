/** Stands before the text, so that it stays a text: Core converts `21,5` to a list, but not `=21,5`. */
const MARK = "=";

/**
 * A template for a trigger's `variables`. Core converts a text of an automation that looks like a list or a mapping. The
 * template reads the text from the converted value. Other values have no such text, not even real lists.
 *
 * @param expression must not fail for any event, because Core does not send the event then
 */
export function renderedTextTemplate(expression: string): string {
  return `${MARK}{{ (${expression} | default('')).render_result | default('') }}`;
}

/** Reads the value of such a template; null if Core has not converted the text. */
export function readRenderedText(rendered: unknown): string | null {
  if (typeof rendered !== "string" || !rendered.startsWith(MARK)) return null;
  return rendered.slice(MARK.length) || null;
}
