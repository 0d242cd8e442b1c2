/** Until after the first paint, which would have to wait. */
const FIRST_AFTER_MS = 100;

/**
 * Calls `refresh` every `everyMs` milliseconds while somebody looks, until `part` holds what is marked with `data-final`.
 * A part with `data-pending` is not complete: it is fetched at once, seen or not, and read aloud only then.
 */
export function onSchedule(part: HTMLElement, everyMs: number, refresh: () => Promise<void>): void {
  let isRefreshing = false;
  let timer = setTimeout(look, isPending() ? FIRST_AFTER_MS : everyMs);
  if (isPending()) part.setAttribute("aria-busy", "true");
  document.addEventListener("visibilitychange", look);

  function isPending(): boolean {
    return part.hasAttribute("data-pending");
  }

  function look(): void {
    if (!isRefreshing && (!document.hidden || isPending())) void refreshNow();
  }

  async function refreshNow(): Promise<void> {
    isRefreshing = true;
    clearTimeout(timer);
    await refresh();
    isRefreshing = false;
    part.removeAttribute("aria-busy");
    if (part.querySelector("[data-final]") === null) timer = setTimeout(look, everyMs);
  }
}
