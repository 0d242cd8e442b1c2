/** The answer of `ResolveRecipient`. */
export type Recipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  /** `reason` may name what was written; `fault` does not, so that it can be logged. */
  | { readonly ok: false; readonly reason: string; readonly fault: string };

/** `mayBeReply`: what is sent can be the answer to a message, so that `target` can be its `From`. */
export type ResolveRecipient = (target: unknown, mayBeReply: boolean) => Promise<Recipient>;

/** Keeps the country of the house over restarts; an empty text where Home Assistant has none set. */
export interface CountryMemory {
  get(name: "country"): string | null;
  set(name: "country", country: string): void;
}
