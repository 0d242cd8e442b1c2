/**
 * The pause before the page reconnects, in milliseconds. The browser itself reconnects earlier, but does not do so
 * after an error response of a proxy.
 */
const RECONNECT_AFTER_MS = 5000;
/** The pause before the page first connects, in milliseconds. In this pause, the browser can paint the page. */
const FIRST_AFTER_MS = 100;

/**
 * Calls `refresh` after each change that the app reports, while the page is visible. Changes during a refresh cause one
 * more refresh. At its first connection, the page sends its revision, so that the app also reports an earlier change.
 * Later connections send an empty revision, to which the app always reports a change. So the page also refreshes data
 * whose changes the app does not report. If the browser itself reconnects, it sends the revision of the lost connection
 * again.
 */
export function onChange(refresh: () => Promise<void>): void {
  let source: EventSource | null = null;
  let isRefreshing = false;
  let isDue = false;
  let revision = document.body.dataset["revision"] ?? "";
  let timer = setTimeout(connect, FIRST_AFTER_MS);

  function connect(): void {
    clearTimeout(timer);
    if (document.hidden || source !== null) return;
    const opened = new EventSource(`events?since=${encodeURIComponent(revision)}`);
    revision = "";
    source = opened;
    opened.addEventListener("change", requestRefresh);
    opened.addEventListener("error", () => {
      if (source !== opened || opened.readyState !== EventSource.CLOSED) return;
      disconnect();
      timer = setTimeout(connect, RECONNECT_AFTER_MS);
    });
  }

  function disconnect(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function requestRefresh(): void {
    isDue = true;
    if (!isRefreshing) void refreshWhileDue();
  }

  async function refreshWhileDue(): Promise<void> {
    isRefreshing = true;
    while (isDue) {
      isDue = false;
      await refresh();
    }
    isRefreshing = false;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) connect();
  });
}
