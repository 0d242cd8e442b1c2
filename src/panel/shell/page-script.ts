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

// A text that is too long is told and not sent; nothing cuts it. Without scripts the app refuses it.
for (const note of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(note.dataset.count);
  const count = () => {
    const { length } = field.value.trim();
    note.querySelector("[data-counted]").textContent = length;
    const isTooLong = length > Number(note.dataset.most);
    note.classList.toggle("over", isTooLong);
    field.setCustomValidity(isTooLong ? note.textContent : "");
  };
  field.addEventListener("input", count);
  // The browser may have put in again what was typed before.
  addEventListener("pageshow", count);
}

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
