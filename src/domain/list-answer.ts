/**
 * Items of a list in Twilio's API, or why the app could not read the list. After `away` a retry may help: Twilio was
 * not reached, had too many requests (429) or had an error (5xx). After `refused` a retry cannot help.
 */
export type ListAnswer<Item> =
  | { readonly kind: "listed"; readonly items: readonly Item[] }
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly status: number };
