import { join } from "node:path";

import type { Contacts } from "../contacts/open-contacts.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createRestClient } from "../home-assistant/connection/rest-client.ts";
import { createCoreEntryCheck } from "../home-assistant/core-twilio-entry.ts";
import { openOwnScripts } from "../home-assistant/scripts/own-scripts.ts";
import { createScripts } from "../home-assistant/scripts/scripts.ts";
import type { MessagePolling } from "../inbound/polling/poll-messages.ts";
import type { Journal } from "../journal/journal.ts";
import type { NotifierWatch } from "../outbound/notify/watch-notifiers.ts";
import type { SetupPorts } from "../panel/setup/ports.ts";
import type { Relay } from "../setup/relay/relay.ts";
import { createNumberSetup } from "../setup/set-up-number.ts";
import { createSetupChecks } from "../setup/setup-checks.ts";
import { createTestDeliveries } from "../setup/test-deliveries.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { reachPublicAddress } from "../twilio/account/reach-public-address.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

/** How long the app waits for an answer of Home Assistant, in milliseconds. */
const ANSWER_MS = 5_000;

export interface PanelSetupDependencies {
  readonly settings: Pick<
    AppSettings,
    "options" | "homeAssistant" | "addonDir" | "transport" | "clock" | "logger"
  >;
  readonly contacts: Pick<Contacts, "all">;
  readonly journal: Pick<Journal, "settings" | "statuses" | "progressOf">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "running" | "request">;
  readonly address: Pick<PublicAddress, "current" | "bases" | "reset" | "source">;
  readonly account: Pick<TwilioAccount, "describe" | "newestFailure" | "numberWebhooks">;
  readonly relay: Relay;
  /**
   * A random ID of this process. The app returns it at `/health`, so the check of the public address recognises this
   * process.
   */
  readonly identity: string;
  /** Accepts the data of a `twilio_request`. Resolves with whether the request is stored. */
  readonly request: (data: EventData) => Promise<boolean>;
  /** The polling of messages; null if the app does not poll. */
  readonly polling: () => MessagePolling | null;
  readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  /** When the last webhook with a valid signature came, in milliseconds since 1970; null if none ever came. */
  readonly lastSignedAt: () => number | null;
  readonly hash: (text: string) => string;
}

/**
 * Connects the panel's page Setup with the app. It sends nothing to Twilio or Home Assistant before a user opens the
 * page.
 */
export function createPanelSetup(parts: PanelSetupDependencies): SetupPorts["setup"] {
  const { settings, journal, homeAssistant, address, account, identity, lastSignedAt, notifiers } = parts;
  const { options, addonDir, transport, clock, logger } = settings;
  const { url, token } = settings.homeAssistant;
  const { hash } = parts;
  const numbers = account.numberWebhooks;
  return {
    checks: createSetupChecks({
      account,
      numbers,
      scripts: createScripts(
        createRestClient({ url, token, timeoutMs: ANSWER_MS, transport, clock }),
        homeAssistant.request,
        ANSWER_MS,
        clock,
      ),
      ownScripts: openOwnScripts(join(addonDir, "scripts"), hash),
      checkCoreEntry: createCoreEntryCheck(homeAssistant),
      reachAddress: (base) => reachPublicAddress(base, identity, { transport, clock }),
      isHomeAssistantRunning: () => homeAssistant.running,
      // The app tests the public address of the webhook relay separately, see `createRelay`. So leave this address out
      // here.
      publicAddress: () => (address.source() === "relay" ? null : address.current()),
      bases: address.bases,
      lastSignedAt,
      clock,
    }),
    notifiers: () =>
      options.notifiers.map((notifier) => ({
        name: notifier.name,
        type: notifier.type,
        isPaused: notifiers.pausedBecause(notifier) !== null,
        isMissing: notifiers.isMissing(notifier),
      })),
    relayState: parts.relay.state,
    numbers: createNumberSetup({
      numbers,
      memory: journal.settings,
      publicAddress: address.current,
      onChanged: () => parts.polling()?.numbersChanged(),
      hash,
      logger,
    }),
    polling: {
      state: () => parts.polling()?.state() ?? null,
      async choose(number, choice) {
        await parts.polling()?.choose(number, choice);
      },
    },
    discardAddress() {
      const discarded = address.reset();
      if (discarded !== null)
        logger.info(
          `Discarded the public address ${discarded}. The app detects its address again from Twilio's next webhooks.`,
        );
    },
    contacts: () => parts.contacts.all().map(({ name }) => name),
    test: createTestDeliveries({
      request: parts.request,
      commands: journal,
      statuses: journal.statuses,
      isAway: () => !homeAssistant.running,
      hash,
      clock,
    }),
  };
}
