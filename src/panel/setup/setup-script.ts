/**
 * Runs in the browser. What is marked with `data-live` is fetched anew from there: at once where it is not complete,
 * and then every so many seconds as long as somebody looks and it is not final. What the keyboard is on stays as it is.
 */
export const SETUP_SCRIPT = `"use strict";
document.documentElement.classList.add("scripted");
for (const place of document.querySelectorAll("[data-live]")) {
  const says = place.parentElement.querySelector("[data-says]");
  const everyMs = Number(place.dataset.every) * 1000;
  let timer;
  if (place.hasAttribute("data-pending")) place.setAttribute("aria-busy", "true");

  async function look() {
    clearTimeout(timer);
    if (document.hidden && !place.hasAttribute("data-pending")) return;
    try {
      const response = await fetch(place.dataset.live, { headers: { Accept: "text/html" } });
      if (response.ok) show(await response.text());
    } catch {
      // The app restarts, or the network is gone: the next look tells.
    }
    place.removeAttribute("aria-busy");
    if (place.querySelector("[data-final]") === null) timer = setTimeout(look, everyMs);
  }

  function show(html) {
    if (html === place.dataset.shown) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    place.innerHTML = place.dataset.shown = html;
    place.removeAttribute("data-pending");
    if (focused !== null) place.querySelector('[href="' + CSS.escape(focused) + '"]')?.focus();
    const news = place.querySelector("[data-news]")?.textContent ?? "";
    if (says !== null && says.textContent !== news) says.textContent = news;
  }

  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, place.hasAttribute("data-pending") ? 0 : everyMs);
}
`;
