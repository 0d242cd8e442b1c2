import type { LastInbound } from "../contacts/choose-recipient-address.ts";
import type { Contact } from "../contacts/contact.ts";
import type { Clock } from "../domain/clock.ts";
import { isFresh } from "../inbound/logged-event.ts";
import type { MakeCommandOptions } from "../outbound/intake/make-command.ts";

export interface RecipientDependencies {
  readonly contacts: readonly Contact[];
  readonly lastAddresses: {
    readonly last: LastInbound;
    /** Whether a signed webhook came from exactly this address. */
    readonly isKnown: (address: string) => boolean;
  };
  /** Home Assistant's country, such as `DE`; null while it is not known. */
  readonly country: () => string | null;
  readonly clock: Clock;
}

/** Reads whom an action means. The tables of numbers are loaded when they are first needed, since they take memory. */
export function createRecipientResolver(
  parts: RecipientDependencies,
): MakeCommandOptions["resolveRecipient"] {
  const { contacts, lastAddresses, country, clock } = parts;

  /** An automation answers a message while it is fresh. */
  function hasJustWritten(address: string): boolean {
    const last = lastAddresses.last(address, "message");
    return last !== null && isFresh("message", clock.now() - last.at);
  }

  return async function resolveRecipient(target, mayBeReply) {
    const { resolveRecipient: resolve } = await import("../contacts/resolve-recipient.ts");
    const allowUnknownAddresses = mayBeReply ? hasJustWritten : () => false;
    return resolve(target, {
      country: country(),
      contacts,
      isKnownAddress: lastAddresses.isKnown,
      allowUnknownAddresses,
    });
  };
}
