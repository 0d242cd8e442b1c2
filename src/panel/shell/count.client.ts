import { messageSegments } from "../../domain/text/message-segments.ts";

/**
 * Updates the length in each hint with `data-count`, whose value is the ID of the field. A text that is too long cannot
 * be submitted. Without scripts, the app rejects it.
 */
export function countCharacters(): void {
  for (const note of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const { count: id = "", most } = note.dataset;
    const field = document.getElementById(id);
    const counted = note.querySelector("[data-counted]");
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) || counted === null)
      continue;
    const count = (): void => {
      const { length } = field.value.trim();
      counted.textContent = String(length);
      countSegments(id, field.value);
      const isTooLong = length > Number(most);
      note.classList.toggle("over", isTooLong);
      field.setCustomValidity(isTooLong ? note.textContent : "");
    };
    field.addEventListener("input", count);
    // After going back to the page, the browser may have restored text that was typed before.
    addEventListener("pageshow", count);
  }
}

/**
 * Updates the number of SMS in the hint for a field. The hint has the field's HTML ID in `data-segments`. Its attribute
 * `data-words` is the text of the hint, with `#` in place of the number.
 */
function countSegments(id: string, text: string): void {
  const note = document.querySelector<HTMLElement>(`[data-segments="${CSS.escape(id)}"]`);
  if (note === null) return;
  const segments = messageSegments(text.trim());
  note.hidden = segments === 0;
  note.textContent = (note.dataset["words"] ?? "").replace("#", String(segments));
}
