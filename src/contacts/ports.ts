import type { Contact } from "./contact.ts";

/** The answer of `ResolveRecipient`. */
export type Recipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  /** `reason` may contain the automation's text; `fault` does not, so it can be logged. */
  | { readonly ok: false; readonly reason: string; readonly fault: string };

/**
 * Resolves a recipient (contact, number or channel address). `mayBeReply`: whether `target` can be the `From` of a
 * received message.
 */
export type ResolveRecipient = (target: unknown, mayBeReply: boolean) => Promise<Recipient>;

/** A contact that was added on the app's page. */
export interface StoredContact extends Contact {
  readonly id: string;
}

/** Stores the contacts of the app's page. On the disk when `save` returns. */
export interface ContactMemory {
  load(): readonly StoredContact[];
  save(contacts: readonly StoredContact[]): void;
}

/** Stores Home Assistant's country for later starts; an empty text if none is set. */
export interface CountryMemory {
  get(name: "country"): string | null;
  set(name: "country", country: string): void;
}
