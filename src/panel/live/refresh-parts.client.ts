import { putIn } from "./put-in.client.ts";

const TOKENS = 'input[name="change_token"]';
/**
 * Within this distance of the end of the page, in pixels, the user counts as being at the end. The page then scrolls to
 * new entries.
 */
const NEAR_END = 40;

/**
 * Fetches a URL, and updates each part from the element with the same ID in the response. A part without an ID is
 * updated from the whole response. If the request fails, the page stays unchanged until the next refresh.
 */
export async function refreshParts(address: string, parts: readonly HTMLElement[]): Promise<void> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), "text/html"), parts);
  } catch {
    // The app is restarting or the network is down. The next refresh tries again.
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

/** Gives screen readers only the text that has changed. */
function sayNews(part: HTMLElement): void {
  const says = part.parentElement?.querySelector("[data-says]") ?? null;
  const news = part.querySelector("[data-news]")?.textContent ?? "";
  if (says !== null && says.textContent !== news) says.textContent = news;
}

/**
 * Updates the title of the page and the badge in its navigation, which show the number of unread entries. A response
 * with only a part of a page has neither.
 */
function renewFrame(fresh: Document): void {
  if (fresh.title !== "" && fresh.title !== document.title) document.title = fresh.title;
  const [badge, next] = [document.getElementById("unread"), fresh.getElementById("unread")];
  if (badge !== null && next !== null && !badge.isEqualNode(next)) badge.replaceWith(next);
}

/** Puts the new token into the forms. After a restart, the app accepts only its new token. */
function renewTokens(fresh: Document): void {
  const token = fresh.querySelector<HTMLInputElement>(TOKENS)?.value;
  if (token === undefined) return;
  for (const field of document.querySelectorAll<HTMLInputElement>(TOKENS)) field.value = token;
}
