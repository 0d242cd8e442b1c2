/**
 * Counts what is typed into a field beside which a note with `data-count` stands. A text that is too long is told and
 * not sent; nothing cuts it. Without scripts the app refuses it.
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
    // The browser may have put in again what was typed before.
    addEventListener("pageshow", count);
  }
}
