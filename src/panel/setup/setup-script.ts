/**
 * Runs in the browser. What is marked with `data-live` is fetched anew from there: at once where it is not complete,
 * and then every so many seconds as long as somebody looks and it is not final. Of that only the parts that differ are
 * put in, and what the keyboard is on stays as it is.
 */
export const SETUP_SCRIPT = `"use strict";
for (const place of document.querySelectorAll("[data-live]")) {
  const says = place.parentElement.querySelector("[data-says]");
  const everyMs = Number(place.dataset.every) * 1000;
  let shown = [];
  let isLooking = false;
  let timer;
  if (place.hasAttribute("data-pending")) place.setAttribute("aria-busy", "true");

  async function look() {
    if (isLooking || (document.hidden && !place.hasAttribute("data-pending"))) return;
    isLooking = true;
    clearTimeout(timer);
    try {
      const response = await fetch(place.dataset.live, { headers: { Accept: "text/html" } });
      if (response.ok) show(await response.text());
    } catch {
      // The app restarts, or the network is gone: the next look tells.
    }
    isLooking = false;
    place.removeAttribute("aria-busy");
    if (place.querySelector("[data-final]") === null) timer = setTimeout(look, everyMs);
  }

  function show(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const parts = [...fresh.content.children];
    const texts = parts.map((part) => part.outerHTML);
    const active = place.contains(document.activeElement) ? document.activeElement : null;
    const old = [...place.children];
    // What is added comes in between: then there is nothing to compare with.
    const isSame = shown.length === texts.length && shown.length === old.length;
    if (!isSame) place.replaceChildren(...parts);
    else for (const [index, part] of parts.entries()) if (texts[index] !== shown[index]) old[index].replaceWith(part);
    shown = texts;
    place.removeAttribute("data-pending");
    renewToken(place.querySelector('input[name="change_token"]')?.value);
    if (active !== null && !active.isConnected) again(active)?.focus();
    const news = place.querySelector("[data-news]")?.textContent ?? "";
    if (says !== null && says.textContent !== news) says.textContent = news;
  }

  /** What has taken the place of an element. */
  function again({ id, attributes }) {
    if (id !== "") return place.querySelector("#" + CSS.escape(id));
    for (const name of ["href", "data-copy"]) {
      const value = attributes[name]?.value;
      if (value !== undefined) return place.querySelector("[" + name + '="' + CSS.escape(value) + '"]');
    }
    return null;
  }

  document.addEventListener("visibilitychange", look);
  // After the first paint, which would have to wait for it.
  timer = setTimeout(look, place.hasAttribute("data-pending") ? 100 : everyMs);
}

/** The app may have started anew, with another token. */
function renewToken(token) {
  if (token === undefined) return;
  for (const field of document.querySelectorAll('input[name="change_token"]')) field.value = token;
}
`;
