/** Before the text, so that it stays one: Core makes a list of `21,5`, but not of `=21,5`. */
const MARK = "=";

/**
 * A template for a trigger's `variables`. Where an automation's template gave what looks like a list or a mapping, Core
 * has made one of it, which remembers its text. Everything else, also a true list, has none.
 *
 * @param expression must not fail, whatever was fired: Core would keep the event to itself
 */
export function renderedTextTemplate(expression: string): string {
  return `${MARK}{{ (${expression} | default('')).render_result | default('') }}`;
}

/** What Core has made of such a template; null where the text is none that Core has to be asked for. */
export function readRenderedText(rendered: unknown): string | null {
  if (typeof rendered !== "string" || !rendered.startsWith(MARK)) return null;
  return rendered.slice(MARK.length) || null;
}
