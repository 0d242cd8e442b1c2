import { putIn } from "./put-in.client.ts";

const TOKENS = 'input[name="change_token"]';
/** Up to this distance from the end of the page, in pixels, the end counts as visible. */
const NEAR_END = 40;

/**
 * Fetches a URL and updates each part from the element with the same id. A part without an id is updated from the whole
 * response. If the request fails, nothing changes until the next refresh.
 */
export async function refreshParts(address: string, parts: readonly HTMLElement[]): Promise<void> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"), parts);
  } catch {
    // The app restarts or the network is down: the next refresh tries again.
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
  renewFrame(fresh);
  const isChat = document.querySelector("[data-newest-last]") !== null;
  if (isChat && wasAtEnd && page.scrollHeight > height) scrollTo(0, page.scrollHeight);
}

/** Lets screen readers read only what has changed. */
function sayNews(part: HTMLElement): void {
  const says = part.parentElement?.querySelector("[data-says]") ?? null;
  const news = part.querySelector("[data-news]")?.textContent ?? "";
  if (says !== null && says.textContent !== news) says.textContent = news;
}

/** Updates the title of the page and the badge in its navigation, which show how much is unread. A part of a page has neither. */
function renewFrame(fresh: Document): void {
  if (fresh.title !== "" && fresh.title !== document.title) document.title = fresh.title;
  const [badge, next] = [document.getElementById("unread"), fresh.getElementById("unread")];
  if (badge !== null && next !== null && !badge.isEqualNode(next)) badge.replaceWith(next);
}

/** The app may have restarted, and then it accepts only its new token. */
function renewTokens(fresh: Document): void {
  const token = fresh.querySelector<HTMLInputElement>(TOKENS)?.value;
  if (token === undefined) return;
  for (const field of document.querySelectorAll<HTMLInputElement>(TOKENS)) field.value = token;
}
