/** For how long a button says that the text was copied, in milliseconds. */
const SAID_FOR_MS = 2000;

/** Lets each button with `data-copy` copy the field of that id, also buttons that come later. */
export function copyOnClick(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
    if (button !== null) void copyFor(button);
  });
}

async function copyFor(button: HTMLElement): Promise<void> {
  const { copy: id = "", copied = "" } = button.dataset;
  const field = document.getElementById(id);
  const news = field?.closest(".copy-field")?.querySelector("output") ?? null;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || news === null) return;
  field.select();
  if (!(await copy(field.value)) || news.textContent !== "") return;
  const label = button.textContent;
  button.textContent = copied;
  news.textContent = copied;
  setTimeout(() => {
    button.textContent = label;
    news.textContent = "";
  }, SAID_FOR_MS);
}

/**
 * Many reach their Home Assistant over plain HTTP, where browsers have no clipboard API: there the text, which is
 * selected, is copied the old way.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
