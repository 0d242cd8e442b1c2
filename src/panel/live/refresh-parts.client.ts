import { putIn } from "./put-in.client.ts";

const TOKENS = 'input[name="change_token"]';
/** Who is so near the end of a page, in pixels, sees the end. */
const NEAR_END = 40;

/**
 * Fetches an address and puts into each part what the element with its id holds there, or else all of it. Without an
 * answer nothing changes: the app restarts, or the network is gone, and the next refresh tells.
 */
export async function refreshParts(address: string, parts: readonly HTMLElement[]): Promise<void> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"), parts);
  } catch {
    // As above.
  }
}

function show(fresh: Document, parts: readonly HTMLElement[]): void {
  const page = document.documentElement;
  const wasAtEnd = innerHeight + scrollY >= page.scrollHeight - NEAR_END;
  const height = page.scrollHeight;
  for (const part of parts) {
    const next = part.id === "" ? fresh.body : fresh.getElementById(part.id);
    if (next === null) continue;
    putIn(part, next);
    part.removeAttribute("data-pending");
    sayNews(part);
  }
  renewTokens(fresh);
  const isChat = document.querySelector("[data-newest-last]") !== null;
  if (isChat && wasAtEnd && page.scrollHeight > height) scrollTo(0, page.scrollHeight);
}

/** Lets screen readers say what has changed, and only that. */
function sayNews(part: HTMLElement): void {
  const says = part.parentElement?.querySelector("[data-says]") ?? null;
  const news = part.querySelector("[data-news]")?.textContent ?? "";
  if (says !== null && says.textContent !== news) says.textContent = news;
}

/** The app may have started anew, with another token. */
function renewTokens(fresh: Document): void {
  const token = fresh.querySelector<HTMLInputElement>(TOKENS)?.value;
  if (token === undefined) return;
  for (const field of document.querySelectorAll<HTMLInputElement>(TOKENS)) field.value = token;
}
