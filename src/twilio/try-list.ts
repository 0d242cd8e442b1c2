import { failureStatus } from "./send-outcome.ts";

/** What Twilio's lists say, or why they say nothing: `away` may be asked again, `refused` will say the same again. */
export type ListAnswer<Item> =
  | { readonly kind: "listed"; readonly items: readonly Item[] }
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly status: number };

/** Asks for a list; what Twilio's client throws becomes a value, and none of it is handed on: it holds the credentials. */
export async function tryList<Item>(list: () => Promise<Item[]>): Promise<ListAnswer<Item>> {
  try {
    return { kind: "listed", items: await list() };
  } catch (error) {
    const status = failureStatus(error);
    const isRefused = status !== null && status >= 400 && status < 500 && status !== 429;
    return isRefused ? { kind: "refused", status } : { kind: "away" };
  }
}
