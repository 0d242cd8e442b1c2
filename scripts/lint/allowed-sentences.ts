/** Sentences that may be long, each with its reason. */
export const ALLOWED_SENTENCES: readonly { readonly begins: string; readonly reason: string }[] = [];
