import type { Contact } from "../../contacts/contact.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import type { Clock } from "../../domain/clock.ts";
import { isFresh } from "../../inbound/logged-event.ts";
import type { HomeAssistantState, LastAddresses } from "../ports.ts";

export interface RecipientResolverOptions {
  readonly contacts: () => readonly Contact[];
  readonly lastAddresses: LastAddresses;
  /** Its country is used for numbers without a country code. */
  readonly homeAssistant: Pick<HomeAssistantState, "info">;
  readonly clock: Clock;
}

/**
 * Resolves recipients to numbers or channel addresses. The tables of phone numbers use much memory, so they are loaded
 * at first use.
 */
export function createRecipientResolver(options: RecipientResolverOptions): ResolveRecipient {
  const { contacts, lastAddresses, homeAssistant, clock } = options;

  /** Whether this sender wrote so recently that an automation may be replying to the message. */
  function hasJustWritten(address: string): boolean {
    const last = lastAddresses.last(address, "message");
    return last !== null && isFresh("message", clock.now() - last.at);
  }

  return async function resolveRecipient(target, mayBeReply) {
    const { resolveRecipient: resolve } = await import("../../contacts/resolve-recipient.ts");
    return resolve(target, {
      country: homeAssistant.info?.country ?? null,
      contacts: contacts(),
      isKnownAddress: lastAddresses.isKnown,
      allowUnknownAddresses: mayBeReply ? hasJustWritten : () => false,
    });
  };
}
