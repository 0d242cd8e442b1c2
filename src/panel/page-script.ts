/**
 * Runs in the browser. Many reach their Home Assistant over plain HTTP, where browsers have no clipboard API: there the
 * text is marked and copied the old way.
 */
export const PAGE_SCRIPT = `"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const news = field.closest(".copy-field").querySelector("output");
  const label = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const copied = await copy(field.value);
    if (!copied) return;
    news.textContent = button.textContent = button.dataset.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = label;
      news.textContent = "";
    }, 2000);
  });
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
