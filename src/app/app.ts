import { createHash } from "node:crypto";

import { spokenLanguage } from "../calls/goodbye.ts";
import { openContacts } from "../contacts/contact-book.ts";
import { reportJournalLoss } from "../health/notification.ts";
import { createRefusedRequests } from "../health/refused-requests.ts";
import { connectHomeAssistant } from "../home-assistant/connection/connect.ts";
import { createNotifications } from "../home-assistant/notifications.ts";
import { pruneHistory } from "../journal/upkeep/prune.ts";
import { upgradeRows } from "../journal/upkeep/upgrade-rows.ts";
import { createAccountLists } from "../twilio/account/lists.ts";
import { startAccountWatch } from "./account-watch.ts";
import { startCalls } from "./calls.ts";
import { openDeliveryWaits } from "./delivery-waits.ts";
import { connectionCaps, readDescriptorLimit } from "./http/descriptor-limit.ts";
import { startInbound } from "./inbound.ts";
import { openMediaPublisher } from "./media.ts";
import { startOutbound } from "./outbound.ts";
import { startPanel } from "./panel.ts";
import { openProblemWatch } from "./problems.ts";
import { openDataFolder, type DataFolder } from "./process/data-folder.ts";
import type { AppSettings } from "./process/settings.ts";
import { startProvisioning } from "./provisioning.ts";
import { openAddress } from "./public-address.ts";
import { openTwilioApi } from "./twilio-account.ts";
import { startWebhooks } from "./webhooks.ts";

/** How long, in milliseconds, a stopping app waits for Twilio's answers, and for Home Assistant's; 5 s are given. */
const STOP_PATIENCE = { outboundMs: 2_000, inboundMs: 1_000 };

/** After this, in milliseconds, no request to Twilio is open any more. */
const MOST_ANSWER_MS = 30_000;

export interface App extends AsyncDisposable {
  /** The port really bound, where 0 was asked for. */
  readonly webhookPort: number;
  /** Likewise; null where there is no panel, or its port was not to be had. */
  readonly panelPort: number | null;
  /**
   * Resolves when the journal is found damaged and no answer of Twilio's is open any more: then the app has to be
   * started anew. What is open then could be asked for a second time.
   */
  readonly damaged: Promise<void>;
}

/**
 * Builds every part, joins them and starts listening. `opened`: the data folder, where it is open already; the app
 * closes it. Disposing ends intake first, then waits, then closes.
 */
export async function startApp(settings: AppSettings, opened?: DataFolder): Promise<App> {
  const { clock, chance, transport, logger, options, secrets } = settings;
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  const caps = connectionCaps(settings.descriptors ?? readDescriptorLimit());
  await using undo = new AsyncDisposableStack();

  const { journal, temporaryFiles, prune } = undo.use(opened ?? (await openDataFolder(settings)));
  const contacts = await openContacts({ contacts: options.contacts, settings: journal.facts, logger });
  // From here to its subscriptions nothing is waited for: what is subscribed to later is not heard from the beginning.
  const homeAssistant = undo.use(
    connectHomeAssistant({
      ...settings.homeAssistant,
      timings: settings.timings ?? {},
      transport,
      clock,
      logger,
    }),
  );
  const notifications = createNotifications(homeAssistant, logger);
  reportJournalLoss(journal.loss, notifications, logger);
  const identity = chance.uuid();
  const { address, checks } = undo.use(
    openAddress({
      options,
      journal,
      identity,
      transport,
      createdAt: (sid) => account.createdAt(sid),
      clock,
      logger,
    }),
  );
  const publishMedia = openMediaPublisher({ settings, homeAssistant, temporaryFiles, address });
  const problems = openProblemWatch({ options, secrets, notifications, address, journal, clock, logger });
  const stopping = new AbortController();
  const api = openTwilioApi({ settings, problems, stopping: stopping.signal });
  const account = createAccountLists(api);
  const language = (): string => spokenLanguage(options.language ?? homeAssistant.info?.language ?? "en");
  const waits = openDeliveryWaits({
    timings: settings,
    journal,
    account,
    api,
    reportRecording: (...recording) => inbound.reportRecording(...recording),
    clock,
  });
  const shared = {
    options,
    journal,
    contacts,
    homeAssistant,
    address,
    api,
    account,
    hash,
    clock,
    chance,
    transport,
    logger,
  };

  undo.defer(homeAssistant.onRunning(({ country }) => contacts.ready(country)));
  let lastSignedAt = journal.heardNumbers.lastSigned();
  const inbound = undo.use(
    startInbound({
      ...shared,
      onStatus(sid) {
        waits.statusChanged(sid);
        talk.statusChanged(sid);
      },
      onNewWebhook() {
        lastSignedAt = clock.now();
        problems.signatureAccepted();
      },
      onSaved: (fields) => waits.webhookReceived(fields),
      stopPatienceMs: STOP_PATIENCE.inboundMs,
      backfillHoldMs: settings.backfillHoldMs,
    }),
  );
  const talk = startCalls({
    ...shared,
    publishMedia,
    onReported: inbound.wake,
    onInputGathered: waits.inputGathered,
    language,
  });
  const outbound = undo.use(
    startOutbound({
      ...shared,
      notifications,
      publicAddress: address.current,
      publishMedia,
      onReported: inbound.wake,
      awaitStatus: waits.waitForStatus,
      startTalk: talk.start,
      talkAddress: talk.talkAddress,
      language,
      stopPatienceMs: STOP_PATIENCE.outboundMs,
      lookUpAfterMs: settings.lookUpAfterMs,
    }),
  );
  const refused = createRefusedRequests(clock);
  const listener = undo.use(
    await startWebhooks({
      settings,
      identity,
      address,
      checks,
      journal,
      temporaryFiles,
      inbound,
      problems,
      calls: talk,
      refused,
      maxConnections: caps.webhooks,
      clock,
      logger,
    }),
  );
  // Lets go of callers who are held while the listener still answers them.
  undo.use(talk);
  talk.resume();
  outbound.resume();
  inbound.backfill();
  if (options.installScripts) {
    undo.use(
      startProvisioning({
        homeAssistant,
        access: settings.homeAssistant,
        notifications,
        addonDir: settings.addonDir,
        transport,
        hash,
        lookAgainMs: settings.scriptsLookAgainMs,
        clock,
        logger,
      }),
    );
  }
  undo.use(
    startAccountWatch({
      ...shared,
      problems,
      publicAddress: address.current,
      calmAfterMs: settings.calmAfterMs,
    }),
  );
  const panel = undo.use(
    await startPanel({
      ...settings,
      ...shared,
      panelSettings: settings.panel,
      maxConnections: caps.panel,
      lastSignedAt: () => lastSignedAt,
      refused: refused.read,
      identity,
      access: settings.homeAssistant,
      outbound,
    }),
  );
  // The last that is deferred is the first that happens.
  undo.defer(() => stopping.abort());
  void pruneHistory({ historyDays: options.historyDays, step: prune, clock, logger }, stopping.signal);
  void upgradeRows({ journal, clock, logger }, stopping.signal);

  const running = undo.move();
  return {
    webhookPort: listener.port,
    panelPort: panel?.port ?? null,
    damaged: journal.damaged.then(() => outbound.settled(MOST_ANSWER_MS)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
