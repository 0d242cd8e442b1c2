import type { Contact } from "../../contacts/contact.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import type { Clock } from "../../domain/clock.ts";
import { createLazyLoader } from "../../domain/lazy-loader.ts";
import { isFresh } from "../../inbound/logged-event.ts";
import type { HomeAssistantState, LastAddresses } from "../ports.ts";

export interface RecipientResolverOptions {
  readonly contacts: () => readonly Contact[];
  readonly lastAddresses: LastAddresses;
  /** The state of Home Assistant, whose country counts for numbers without a country code. */
  readonly homeAssistant: Pick<HomeAssistantState, "info">;
  readonly clock: Clock;
}

/**
 * Resolves recipients to numbers or channel addresses. It loads the tables of phone numbers only when it resolves the
 * first recipient, because they use much memory.
 */
export function createRecipientResolver(options: RecipientResolverOptions): ResolveRecipient {
  const { contacts, lastAddresses, homeAssistant, clock } = options;
  // Node takes 70 µs for each `import`, also if the module is loaded already.
  const loadResolver = createLazyLoader(() => import("../../contacts/resolve-recipient.ts"));

  /** Whether the person at this number has written a message so recently that an automation may be replying. */
  function hasJustWritten(address: string): boolean {
    const last = lastAddresses.last(address, "message");
    return last !== null && isFresh("message", clock.now() - last.at);
  }

  return async function resolveRecipient(target, mayBeReply) {
    const { resolveRecipient: resolve } = await loadResolver();
    return resolve(target, {
      country: homeAssistant.info?.country ?? null,
      contacts: contacts(),
      isKnownAddress: lastAddresses.isKnown,
      allowUnknownAddresses: mayBeReply ? hasJustWritten : () => false,
    });
  };
}
