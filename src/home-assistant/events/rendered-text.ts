/** Stands before the rendered text, so that Core keeps it as a text. Core turns `21,5` into a list, but not `=21,5`. */
const MARK = "=";

/**
 * Makes a template for the `variables` of a trigger. If a text of an automation looks like a list or mapping, Core
 * converts the text. The converted value keeps the original text in `render_result`, which the template reads. A value
 * that was a list or mapping from the beginning has no `render_result`.
 *
 * @param expression the template of the value. If it fails for an event, Core does not send this event to the app
 */
export function renderedTextTemplate(expression: string): string {
  return `${MARK}{{ (${expression} | default('')).render_result | default('') }}`;
}

/**
 * Reads the result of a template that `renderedTextTemplate` made: the original text. Returns null if Core has not
 * converted the text.
 */
export function readRenderedText(rendered: unknown): string | null {
  if (typeof rendered !== "string" || !rendered.startsWith(MARK)) return null;
  return rendered.slice(MARK.length) || null;
}
