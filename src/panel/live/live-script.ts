/**
 * Runs in the browser. While somebody looks, it hears of changes and fetches the page anew; of that it takes what is
 * marked with `data-renew`, and there only what differs, by the ids of elements: what is typed, played or looked at
 * stays as it is.
 */
export const LIVE_SCRIPT = `"use strict";
{
  let source = null;
  let timer;
  let isFetching = false;
  let isDue = false;

  function connect() {
    clearTimeout(timer);
    if (document.hidden || source !== null) return;
    source = new EventSource("events");
    // Something may have changed while nobody listened.
    source.addEventListener("open", refresh);
    source.addEventListener("change", refresh);
    source.addEventListener("error", () => {
      // The browser comes back by itself, but not where a proxy said that the app is away.
      if (source === null || source.readyState !== EventSource.CLOSED) return;
      disconnect();
      timer = setTimeout(connect, 5000);
    });
  }

  function disconnect() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  async function refresh() {
    isDue = true;
    if (isFetching) return;
    isFetching = true;
    try {
      while (isDue) {
        isDue = false;
        const response = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"));
      }
    } catch {
      // The app restarts, or the network is gone: the connection tells when it is back.
    }
    isFetching = false;
  }

  function show(fresh) {
    const page = document.documentElement;
    const wasAtEnd = innerHeight + scrollY >= page.scrollHeight - 40;
    const height = page.scrollHeight;
    for (const old of document.querySelectorAll("[data-renew]")) {
      const next = fresh.getElementById(old.id);
      if (next !== null) renew(old, next);
    }
    // The app may have started anew, with another token.
    const token = fresh.querySelector('input[name="change_token"]')?.value;
    for (const field of document.querySelectorAll('input[name="change_token"]')) field.value = token ?? field.value;
    const isChat = document.querySelector("[data-newest-last]") !== null;
    if (isChat && wasAtEnd && page.scrollHeight > height) scrollTo(0, page.scrollHeight);
  }

  function renew(old, next) {
    if (old.isEqualNode(next)) return;
    const children = [...next.children];
    if (children.length === 0 || children.some(({ id }) => id === "")) return old.replaceWith(next);
    const byId = new Map([...old.children].map((child) => [child.id, child]));
    const staying = new Set(children.map(({ id }) => id));
    for (const child of [...old.childNodes]) if (!staying.has(child.id)) child.remove();
    let place = old.firstElementChild;
    for (const child of children) {
      const same = byId.get(child.id);
      if (same === undefined || same.tagName !== child.tagName) {
        old.insertBefore(child, place);
      } else if (same === place) {
        place = place.nextElementSibling;
        renew(same, child);
      } else {
        old.insertBefore(same, place);
        renew(same, child);
      }
    }
    for (; place !== null; ) {
      const following = place.nextElementSibling;
      place.remove();
      place = following;
    }
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  // After the first paint, which would have to wait for it.
  timer = setTimeout(connect, 100);
}
`;
