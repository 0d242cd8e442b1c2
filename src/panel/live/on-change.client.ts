/** In milliseconds; the browser itself comes back sooner, but not where a proxy said that the app is away. */
const RECONNECT_AFTER_MS = 5000;
/** Until after the first paint, which would have to wait. */
const FIRST_AFTER_MS = 100;

/**
 * Calls `refresh` after each change that the app tells of while somebody looks, and after each connection: something may
 * have changed while nobody listened. What changes during a refresh makes one more.
 */
export function onChange(refresh: () => Promise<void>): void {
  let source: EventSource | null = null;
  let isRefreshing = false;
  let isDue = false;
  let timer = setTimeout(connect, FIRST_AFTER_MS);

  function connect(): void {
    clearTimeout(timer);
    if (document.hidden || source !== null) return;
    const opened = new EventSource("events");
    source = opened;
    opened.addEventListener("open", hear);
    opened.addEventListener("change", hear);
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

  function hear(): void {
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
