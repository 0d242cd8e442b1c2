import type { EventData } from "../domain/events/outgoing-event.ts";
import { maskSid } from "../domain/mask-sid.ts";
import type { Listener } from "../domain/transport.ts";
import type { RecentRetries } from "../health/recent-retries.ts";
import type { RefusedWebhooks } from "../health/refused-webhooks.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import type { MessagePolling } from "../inbound/polling/poll-messages.ts";
import type { Journal } from "../journal/journal.ts";
import type { Secret } from "../options/secret.ts";
import type { NotifierWatch } from "../outbound/notify/watch-notifiers.ts";
import { loadInstallationKey } from "../panel/server/installation-key.ts";
import { describeAccess, panelAccess, panelHost } from "../panel/server/panel-access.ts";
import { createPanelApp } from "../panel/server/panel-app.ts";
import type { AppState } from "../panel/shell/app-state.ts";
import type { Relay } from "../setup/relay/relay.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppEvents } from "./app-events.ts";
import { createPanelActivity } from "./panel-activity.ts";
import { createPanelConversations } from "./panel-conversations.ts";
import { createPanelSetup } from "./panel-setup.ts";
import { APP_VERSION } from "./process/settings.ts";
import type { AppSettings } from "./process/settings.ts";

export interface PanelSettings {
  readonly port: number;
  /** Null for none. */
  readonly password: Secret | null;
  /** Whether Supervisor runs the app: then the panel is for its ingress alone. */
  readonly supervised: boolean;
  /** Where ingress comes from, in tests. */
  readonly ingressAddress?: string;
}

export interface PanelDependencies {
  /** There is no panel without `settings.panel`. */
  readonly settings: AppSettings;
  readonly journal: Journal;
  readonly events: Pick<AppEvents, "subscribe">;
  readonly contacts: { readonly contactOf: (address: string) => string | null };
  readonly homeAssistant: HomeAssistantConnection;
  readonly address: PublicAddress;
  readonly account: TwilioAccount;
  readonly relay: Relay;
  readonly outbound: {
    request(data: EventData): Promise<boolean>;
    readonly retries: RecentRetries["read"];
    readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  };
  /** Null where the app does not poll. */
  readonly polling: () => MessagePolling | null;
  readonly refused: () => RefusedWebhooks;
  /** When the last webhook with a valid signature came, in milliseconds since 1970; null if none ever did. */
  readonly lastSignedAt: () => number | null;
  /** What the public listener says at `/health`. */
  readonly identity: string;
  readonly hash: (text: string) => string;
  /** At the same time. */
  readonly maxConnections: number;
}

/** Null where there is none: a port that is taken must not stop the telephony. */
export async function startPanel(parts: PanelDependencies): Promise<Listener | null> {
  const { settings, journal, contacts, homeAssistant, address, account, outbound } = parts;
  const { identity, lastSignedAt, hash } = parts;
  const { options, secrets, transport, clock, chance, logger } = settings;
  if (settings.panel === undefined) return null;
  const { port, password, supervised, ingressAddress } = settings.panel;
  const access = panelAccess({
    supervised,
    password: password?.reveal() ?? null,
    ingressAddress,
    chance,
    installationKey: password === null ? undefined : loadInstallationKey(journal.settings, chance),
  });
  const startedAt = clock.now();
  const stopping = new AbortController();
  const panel = createPanelApp({
    access,
    changeToken: chance.bytes(32).toString("base64url"),
    canKeep: journal.canKeep,
    appState,
    clock,
    chance,
    setup: createPanelSetup({
      options,
      journal,
      homeAssistant,
      access: settings.homeAssistant,
      address,
      account,
      relay: parts.relay,
      identity,
      request: outbound.request,
      polling: parts.polling,
      notifiers: outbound.notifiers,
      lastSignedAt,
      hash,
      transport,
      clock,
      logger,
    }),
    activity: createPanelActivity({
      options,
      secrets,
      journal,
      contacts,
      dataDir: settings.dataDir,
      refused: parts.refused,
      polling: parts.polling,
      retries: outbound.retries,
      nodeVersion: settings.nodeVersion,
    }),
    examples: {
      contacts: options.contacts.map(({ name }) => name),
      notifiers: options.notifiers.map(({ name, type }) => ({ name, type })),
    },
    conversations: createPanelConversations({ journal, contacts, account, request: outbound.request }),
    relay: {
      state: parts.relay.state,
      plan: parts.relay.plan,
      setUp: parts.relay.setUp,
      remove: parts.relay.remove,
      usage: account.relayUsage.thisMonth,
    },
    live: { onChange: parts.events.subscribe, stopping: stopping.signal },
    logger,
  });
  try {
    const listener = await transport.listen(panel.fetch, {
      host: panelHost(access, settings.listenHost),
      port,
      maxConnections: parts.maxConnections,
    });
    logger.info(`The panel is on port ${listener.port}, ${describeAccess(access)}.`);
    return {
      port: listener.port,
      async [Symbol.asyncDispose]() {
        // Pages that listen for changes would be waited for.
        stopping.abort();
        await listener[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    logger.error(`There is no panel, since port ${port} is not to be had: ${String(error)}`);
    return null;
  }

  function appState(): AppState {
    const { info, running } = homeAssistant;
    const base = address.current();
    const source = address.source();
    return {
      appVersion: APP_VERSION,
      startedAt,
      homeAssistant: {
        connected: running,
        version: info?.version ?? null,
        language: info?.language ?? "en",
        timeZone: info?.timeZone ?? "UTC",
      },
      accountSid: maskSid(options.accountSid),
      publicAddress: base === null || source === null ? null : { base, source },
      lastSignedAt: lastSignedAt(),
      waiting: journal.waiting(),
    };
  }
}
