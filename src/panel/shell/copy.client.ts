/** How long a button shows that the text was copied, in milliseconds. */
const NOTICE_MS = 2000;

/**
 * Makes each button copy the field whose HTML ID is in its attribute `data-copy`. Buttons that are added to the page
 * later work, too.
 */
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
  }, NOTICE_MS);
}

/**
 * Copies `text`, which the caller has selected on the page. Over plain HTTP, browsers have no clipboard API, so
 * `document.execCommand` copies the selection.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
