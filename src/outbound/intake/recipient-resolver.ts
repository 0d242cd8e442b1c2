import type { Contact } from "../../contacts/contact.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import type { Clock } from "../../domain/clock.ts";
import { isFresh } from "../../inbound/logged-event.ts";
import type { HomeAssistantState, LastAddresses } from "../ports.ts";

export interface RecipientResolverOptions {
  readonly contacts: readonly Contact[];
  readonly lastAddresses: LastAddresses;
  /** Its country decides how a number without a country code is read. */
  readonly homeAssistant: Pick<HomeAssistantState, "info">;
  readonly clock: Clock;
}

/** Reads whom an action means. The tables of numbers are loaded when they are first needed, since they take memory. */
export function createRecipientResolver(options: RecipientResolverOptions): ResolveRecipient {
  const { contacts, lastAddresses, homeAssistant, clock } = options;

  /** An automation answers a message while it is fresh. */
  function hasJustWritten(address: string): boolean {
    const last = lastAddresses.last(address, "message");
    return last !== null && isFresh("message", clock.now() - last.at);
  }

  return async function resolveRecipient(target, mayBeReply) {
    const { resolveRecipient: resolve } = await import("../../contacts/resolve-recipient.ts");
    return resolve(target, {
      country: homeAssistant.info?.country ?? null,
      contacts,
      isKnownAddress: lastAddresses.isKnown,
      allowUnknownAddresses: mayBeReply ? hasJustWritten : () => false,
    });
  };
}
