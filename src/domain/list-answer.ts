/** A list of Twilio's, or why it could not be read: after `away` a retry may help, after `refused` it cannot. */
export type ListAnswer<Item> =
  | { readonly kind: "listed"; readonly items: readonly Item[] }
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly status: number };
