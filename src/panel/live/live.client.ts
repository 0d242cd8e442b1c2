import { onChange } from "./on-change.client.ts";
import { onSchedule } from "./on-schedule.client.ts";
import { refreshParts } from "./refresh-parts.client.ts";

/**
 * Refreshes the parts of the page with `data-live` while the page is visible. The value of `data-live` is the URL from
 * which a part is fetched; an empty value means the page itself.
 *
 * A part with `data-every` is fetched again after this many seconds. All other parts are fetched when the app reports a
 * change.
 */
const parts = [...document.querySelectorAll<HTMLElement>("[data-live]")];
const addresses = new Set(parts.map((part) => part.dataset["live"] ?? ""));
for (const address of addresses) {
  const together = parts.filter((part) => part.dataset["live"] === address);
  const [first] = together;
  const refresh = (): Promise<void> => refreshParts(address, together);
  if (first?.dataset["every"] === undefined) onChange(refresh);
  else onSchedule(first, Number(first.dataset["every"]) * 1000, refresh);
}
