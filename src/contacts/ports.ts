import type { Contact } from "./contact.ts";

/** The number or channel address of a recipient, or why there is none. */
export type Recipient =
  | { readonly ok: true; readonly address: string; readonly contact: string | null }
  /**
   * `reason` is for the automation and may quote what the automation wrote. `fault` is for the log and quotes only
   * texts without letters (such as numbers) and contacts' names.
   */
  | { readonly ok: false; readonly reason: string; readonly fault: string };

/**
 * Finds the number or channel address of a recipient: a contact, a number or a channel address. `mayBeReply`: whether
 * `target` may be the sender of a message to which the automation replies.
 */
export type ResolveRecipient = (target: unknown, mayBeReply: boolean) => Promise<Recipient>;

/** A contact that the user added on the app's page. */
export interface StoredContact extends Contact {
  readonly id: string;
}

/** Stores the contacts of the app's page. They are on the disk when `save` returns. */
export interface ContactMemory {
  load(): readonly StoredContact[];
  save(contacts: readonly StoredContact[]): void;
}

/** Stores Home Assistant's country for later starts. An empty text means that the user has set no country. */
export interface CountryMemory {
  get(name: "country"): string | null;
  set(name: "country", country: string): void;
}
