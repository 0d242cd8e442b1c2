/** What a list of Twilio's says, or why it says nothing: `away` may be asked again, `refused` will say the same again. */
export type ListAnswer<Item> =
  | { readonly kind: "listed"; readonly items: readonly Item[] }
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly status: number };
