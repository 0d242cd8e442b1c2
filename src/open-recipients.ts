import type { Contact } from "./domain/contact.ts";
import type { MakeCommandOptions } from "./flows/make-command.ts";

export interface RecipientParts {
  readonly contacts: readonly Contact[];
  /** Whether a signed webhook came from exactly this address. */
  readonly isKnownAddress: (address: string) => boolean;
  /** Home Assistant's country, such as `DE`; null while it is not known. */
  readonly country: () => string | null;
}

/** Reads whom an action means. The tables of numbers are loaded when they are first needed, since they take memory. */
export function openRecipients(parts: RecipientParts): MakeCommandOptions["resolveRecipient"] {
  const { contacts, isKnownAddress, country } = parts;
  return async function resolveRecipient(target) {
    const { resolveRecipient: resolve } = await import("./domain/resolve-recipient.ts");
    return resolve(target, { country: country(), contacts, isKnownAddress });
  };
}
