import type { Clock } from "../domain/clock.ts";
import type { PublishEvent } from "../domain/events/app-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Transport } from "../domain/transport.ts";
import { createAddressConfirmation } from "../inbound/confirm-address.ts";
import type { AddressConfirmation } from "../inbound/confirm-address.ts";
import type { AgeSource } from "../inbound/ports.ts";
import { createLearnedAddress } from "../journal/inbound/learned-address.ts";
import { createRelayMemory } from "../journal/relay/relay-memory.ts";
import type { SettingsTable } from "../journal/settings-table.ts";
import type { Options } from "../options/options.ts";
import type { RelayMemory } from "../setup/relay/relay-record.ts";
import { relayBase } from "../setup/relay/relay-record.ts";
import { reachPublicAddress } from "../twilio/account/reach-public-address.ts";
import { createPublicAddress } from "../twilio/webhooks/public-address.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";

export interface OpenAddressOptions {
  readonly options: Pick<Options, "publicUrl">;
  readonly journal: { readonly settings: SettingsTable };
  readonly publish: PublishEvent;
  /**
   * A random ID of this process. The app returns it at `/health`, so the check of the public address recognises this
   * process.
   */
  readonly identity: string;
  /** Asks Twilio when it created a message or call, see `CreatedAt`. Rejects if Twilio does not answer. */
  readonly createdAt: AgeSource["createdAt"];
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface PublicAddressServices extends Disposable {
  readonly address: PublicAddress;
  /** The stored data about the webhook relay (the app's program at Twilio), which has a public address of its own. */
  readonly relayMemory: RelayMemory;
  /** Checks public addresses in signed webhooks, for the listener that receives webhooks. */
  readonly checks: Pick<AddressConfirmation, "reachesThisApp" | "considerAddress">;
}

/**
 * Opens the app's public address, which comes from the options or is learnt from webhooks. Disposing stops learning.
 */
export function openAddress(parts: OpenAddressOptions): PublicAddressServices {
  const { options, journal, publish, identity, transport, clock, logger } = parts;
  const memory = createLearnedAddress(journal.settings);
  const relayMemory = createRelayMemory(journal.settings);
  const address = createPublicAddress(
    options.publicUrl,
    {
      learnt: memory.learnt,
      provisional: memory.provisional,
      saveLearnt(base) {
        memory.saveLearnt(base);
        publish({ kind: "setting_learned", setting: "public_address" });
      },
      saveProvisional(base) {
        memory.saveProvisional(base);
        publish({ kind: "setting_learned", setting: "public_address" });
      },
    },
    () => relayBase(relayMemory),
  );
  const confirmation = createAddressConfirmation({
    address,
    checkReachable: (base) => reachPublicAddress(base, identity, { transport, clock }),
    ages: { createdAt: parts.createdAt },
    clock,
    logger,
  });
  return {
    address,
    relayMemory,
    checks: confirmation,
    [Symbol.dispose]: () => confirmation[Symbol.dispose](),
  };
}
