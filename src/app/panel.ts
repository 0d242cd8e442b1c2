import type { AlarmControl } from "../alarms/ports.ts";
import { summarizeAlarm } from "../alarms/summarize-alarm.ts";
import type { Contacts } from "../contacts/open-contacts.ts";
import type { ResolveRecipient } from "../contacts/ports.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import { maskSid } from "../domain/mask-sid.ts";
import type { Listener } from "../domain/transport.ts";
import { NO_OPTION_PROBLEMS } from "../health/option-problems.ts";
import type { RecentRetries } from "../health/recent-retries.ts";
import type { RefusedWebhooks } from "../health/refused-webhooks.ts";
import { createAdministratorCheck } from "../home-assistant/administrators.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import type { MessagePolling } from "../inbound/polling/poll-messages.ts";
import type { Journal } from "../journal/journal.ts";
import type { UploadMedia } from "../media/upload-media.ts";
import type { Secret } from "../options/secret.ts";
import type { NotifierWatch } from "../outbound/notify/watch-notifiers.ts";
import { loadInstallationKey } from "../panel/server/installation-key.ts";
import { describeAccess, panelAccess, panelHost } from "../panel/server/panel-access.ts";
import { createPanelApp } from "../panel/server/panel-app.ts";
import type { ReadState } from "../panel/shell/app-state.ts";
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
  /** The password of the panel (the app's page); null if it has none. */
  readonly password: Secret | null;
  /** Whether Supervisor runs the app. The panel then accepts only requests through ingress. */
  readonly supervised: boolean;
  /**
   * The IP address from which Supervisor's ingress sends requests, if it differs from the usual one. Only tests set it.
   */
  readonly ingressAddress?: string;
}

export interface PanelDependencies {
  /** The app's settings. Without `settings.panel`, the app has no panel. */
  readonly settings: AppSettings;
  readonly journal: Journal;
  readonly events: Pick<AppEvents, "subscribe" | "revision">;
  readonly contacts: Pick<Contacts, "contactOf" | "all" | "own" | "save" | "remove">;
  readonly homeAssistant: HomeAssistantConnection;
  readonly address: PublicAddress;
  readonly account: TwilioAccount;
  readonly relay: Relay;
  readonly alarms: AlarmControl;
  readonly outbound: {
    request(data: EventData): Promise<boolean>;
    readonly resolveRecipient: ResolveRecipient;
    readonly retries: RecentRetries["read"];
    readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  };
  readonly uploadMedia: UploadMedia;
  /** The polling of messages; null if the app does not poll. */
  readonly polling: () => MessagePolling | null;
  readonly refused: () => RefusedWebhooks;
  /** When the last webhook with a valid signature came, in milliseconds since 1970; null if none ever came. */
  readonly lastSignedAt: () => number | null;
  /**
   * A random ID of this process. The app returns it at `/health`, so the check of the public address recognises this
   * process.
   */
  readonly identity: string;
  readonly hash: (text: string) => string;
  /** The highest number of open connections to the panel. */
  readonly maxConnections: number;
}

/**
 * Starts the panel (the app's page). Null if the app has none, or if another program uses its port. Messages and calls
 * go on without the panel.
 */
export async function startPanel(parts: PanelDependencies): Promise<Listener | null> {
  const { settings, journal, contacts, homeAssistant, address, account, outbound, lastSignedAt } = parts;
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
  const contactNames = (): string[] => contacts.all().map(({ name }) => name);
  const startedAt = clock.now();
  const stopping = new AbortController();
  const panel = createPanelApp({
    access,
    changeToken: chance.bytes(32).toString("base64url"),
    canStore: journal.canKeep,
    appState,
    clock,
    chance,
    setup: createPanelSetup({
      settings,
      contacts,
      journal,
      homeAssistant,
      address,
      account,
      relay: parts.relay,
      identity: parts.identity,
      request: outbound.request,
      polling: parts.polling,
      notifiers: outbound.notifiers,
      lastSignedAt,
      hash: parts.hash,
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
      contacts: contactNames,
      notifiers: options.notifiers.map(({ name, type }) => ({ name, type })),
    },
    contacts: {
      fromOptions: options.contacts,
      own: contacts.own,
      contactOf: contacts.contactOf,
      save: contacts.save,
      remove: contacts.remove,
    },
    conversations: createPanelConversations({
      journal,
      contacts,
      contactNames,
      account,
      resolveRecipient: outbound.resolveRecipient,
      uploadMedia: parts.uploadMedia,
      request: outbound.request,
    }),
    relay: {
      state: parts.relay.state,
      plan: parts.relay.plan,
      setUp: parts.relay.setUp,
      remove: parts.relay.remove,
      usage: account.relayUsage.thisMonth,
    },
    isAdministrator: access.kind === "ingress" ? createAdministratorCheck(homeAssistant) : null,
    alarms: {
      openAlarms: parts.alarms.openAlarms,
      recentAlarms: parts.alarms.recentAlarms,
      alarmProtocol: parts.alarms.alarmProtocol,
      take: parts.alarms.take,
      stop: parts.alarms.stop,
      startDrill: parts.alarms.startDrill,
      reach: parts.alarms.reach,
      contacts: contactNames,
    },
    live: { onChange: parts.events.subscribe, revision: parts.events.revision, stopping: stopping.signal },
    logger,
  });
  try {
    const listener = await transport.listen(panel.fetch, {
      host: panelHost(access, settings.listenHost),
      port,
      maxConnections: parts.maxConnections,
    });
    logger.info(`The app's page is on port ${listener.port}, ${describeAccess(access)}.`);
    return {
      port: listener.port,
      async [Symbol.asyncDispose]() {
        // End the event streams of open pages first. Otherwise, the listener would wait for them.
        stopping.abort();
        await listener[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    logger.error(
      `The app's page is not available, because port ${port} cannot be used: ${String(error)}. Free the port or set PANEL_PORT, then restart the app.`,
    );
    return null;
  }

  function appState(): ReadState {
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
      isInHomeAssistant: access.kind === "ingress",
      publicAddress: base === null || source === null ? null : { base, source },
      bases: address.bases(),
      lastSignedAt: lastSignedAt(),
      alarms: parts.alarms.openAlarms().map(summarizeAlarm),
      unread: journal.conversations.countUnread(),
      now: clock.now(),
      waiting: journal.waiting(),
      optionProblems: settings.optionProblems ?? NO_OPTION_PROBLEMS,
      configurationPath: settings.configurationPath ?? null,
    };
  }
}
