/**
 * The pause before the first refresh of a part with `data-pending`, in milliseconds. In this pause, the browser can
 * paint the page.
 */
const FIRST_AFTER_MS = 100;

/**
 * Calls `refresh` every `everyMs` milliseconds while the page is visible, and when the page becomes visible again. Stops
 * when `part` contains an element with `data-final`.
 *
 * A part with `data-pending` is not complete yet. It is fetched at once, even while the page is hidden, and screen
 * readers wait for it.
 */
export function onSchedule(part: HTMLElement, everyMs: number, refresh: () => Promise<void>): void {
  let isRefreshing = false;
  let timer = setTimeout(refreshIfVisible, isPending() ? FIRST_AFTER_MS : everyMs);
  if (isPending()) part.setAttribute("aria-busy", "true");
  document.addEventListener("visibilitychange", refreshIfVisible);

  function isPending(): boolean {
    return part.hasAttribute("data-pending");
  }

  function refreshIfVisible(): void {
    if (!isRefreshing && (!document.hidden || isPending())) void refreshNow();
  }

  async function refreshNow(): Promise<void> {
    isRefreshing = true;
    clearTimeout(timer);
    await refresh();
    isRefreshing = false;
    part.removeAttribute("aria-busy");
    if (part.querySelector("[data-final]") === null) timer = setTimeout(refreshIfVisible, everyMs);
    else document.removeEventListener("visibilitychange", refreshIfVisible);
  }
}
