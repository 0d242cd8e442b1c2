/**
 * Items of a list in Twilio's API, or why the app could not read the list. After `away` (Twilio was not reached) a
 * retry may help; after `refused` it cannot.
 */
export type ListAnswer<Item> =
  | { readonly kind: "listed"; readonly items: readonly Item[] }
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly status: number };
