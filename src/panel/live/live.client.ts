import { onChange } from "./on-change.client.ts";
import { onSchedule } from "./on-schedule.client.ts";
import { refreshParts } from "./refresh-parts.client.ts";

/**
 * Keeps the parts of a page up to date that are marked with `data-live`, as long as somebody looks. The mark says where a
 * part is fetched from; empty, that is the page itself. A part with `data-every` is fetched every so many seconds, all
 * others when the app says that something changed.
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
