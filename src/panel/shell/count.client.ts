/**
 * Updates the length in each hint with `data-count`, whose value is the field's id. The browser does not submit a text
 * that is too long. Without scripts, the app rejects it.
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
      const isTooLong = length > Number(most);
      note.classList.toggle("over", isTooLong);
      field.setCustomValidity(isTooLong ? note.textContent : "");
    };
    field.addEventListener("input", count);
    // The browser may have restored text that was typed before.
    addEventListener("pageshow", count);
  }
}
