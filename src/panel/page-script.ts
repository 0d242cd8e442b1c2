/**
 * Runs in the browser. Many reach their Home Assistant over plain HTTP, where browsers have no clipboard API: there the
 * text is marked and copied the old way.
 */
export const PAGE_SCRIPT = `"use strict";
offerCopies();
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (button === null) return;
  const field = document.getElementById(button.dataset.copy);
  const news = field.closest(".copy-field").querySelector("output");
  field.select();
  const copied = await copy(field.value);
  if (!copied || news.textContent !== "") return;
  const label = button.textContent;
  news.textContent = button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = label;
    news.textContent = "";
  }, 2000);
});

/** Once more where a part of the page was put in anew. */
function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
`;
