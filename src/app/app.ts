import { createHash } from "node:crypto";

import { spokenLanguage } from "../calls/goodbye.ts";
import { createRefusedWebhookCounter } from "../health/refused-webhooks.ts";
import { publishWrites } from "../journal/publish-writes.ts";
import { retryWrites } from "../journal/retry-writes.ts";
import { createDeliveryWaits } from "../outbound/delivery/delivery-waits.ts";
import { startAccountWatch } from "./account-watch.ts";
import { createAppEvents } from "./app-events.ts";
import { startCalls } from "./calls.ts";
import { openAllContacts } from "./contacts.ts";
import { openHomeAssistant } from "./home-assistant.ts";
import { connectionCaps, readDescriptorLimit } from "./http/descriptor-limit.ts";
import { startInbound } from "./inbound.ts";
import { openMediaPublisher } from "./media.ts";
import { startPanel } from "./panel.ts";
import { openProblemWatch } from "./problems.ts";
import { openDataFolder, type DataFolder } from "./process/data-folder.ts";
import type { AppSettings } from "./process/settings.ts";
import { startProvisioning } from "./provisioning.ts";
import { openAddress } from "./public-address.ts";
import { startRequests, type Requests } from "./requests.ts";
import { startSources } from "./sources.ts";
import { openTwilioAccount } from "./twilio-account.ts";
import { startUpkeep } from "./upkeep.ts";

/**
 * How long a stopping app waits for answers of Twilio and Home Assistant, in milliseconds. Supervisor kills the app 5 s
 * after SIGTERM.
 */
const STOP_PATIENCE = { outboundMs: 2_000, inboundMs: 1_000 };

/** The longest time that a request to Twilio can take, in milliseconds. */
const MOST_ANSWER_MS = 30_000;

export interface App extends AsyncDisposable {
  /**
   * The port on which the app receives webhooks. If `AppSettings.webhookPort` is 0, the operating system has chosen the
   * port.
   */
  readonly webhookPort: number;
  /**
   * The port of the panel (the app's page). Null if the app has no panel, or if another program uses the panel's port.
   */
  readonly panelPort: number | null;
  /**
   * Resolves if the journal (the app's database) is damaged and no request to Twilio is open. The app must then
   * restart. A restart during a request to Twilio could send a message twice.
   */
  readonly damaged: Promise<void>;
}

/**
 * Builds and connects all parts of the app and starts to listen. Disposing accepts nothing new, waits for open HTTP
 * requests, and closes all parts.
 *
 * @param opened the data folder, if the caller has opened it; the app closes it
 */
export async function startApp(settings: AppSettings, opened?: DataFolder): Promise<App> {
  const { clock, chance, transport, logger, options } = settings;
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  const caps = connectionCaps(settings.descriptors ?? readDescriptorLimit());
  await using undo = new AsyncDisposableStack();

  const { journal: stored, temporaryFiles, prune } = undo.use(opened ?? (await openDataFolder(settings)));
  const stopping = new AbortController();
  const events = createAppEvents({ clock, logger });
  const { publish } = events;
  const retrying = retryWrites(stored, { clock, stopping: stopping.signal, logger });
  const journal = publishWrites(retrying, publish);
  const contacts = await openAllContacts(settings, journal);
  // Do not use `await` from here on until all parts have subscribed. Otherwise, they could miss an event of Home
  // Assistant.
  const { homeAssistant, notifications } = undo.use(
    openHomeAssistant({ settings, journal, contacts, publish }),
  );
  const identity = chance.uuid();
  const { address, checks, relayMemory } = undo.use(
    openAddress({
      options,
      journal,
      publish,
      identity,
      transport,
      createdAt: (sid) => account.createdAt(sid),
      clock,
      logger,
    }),
  );
  const { publishMedia, uploadMedia } = openMediaPublisher({
    settings,
    journal,
    homeAssistant,
    temporaryFiles,
    address,
    stopping: stopping.signal,
  });
  const problems = openProblemWatch({ settings, notifications, address, journal });
  const { account, twilioClock } = openTwilioAccount({ settings, problems, stopping: stopping.signal });
  const language = (): string => spokenLanguage(options.language ?? homeAssistant.info?.language ?? "en");
  const waits = createDeliveryWaits({
    statuses: journal.statuses,
    firstSteps: journal.callSteps,
    twilio: account,
    reportRecording: (...recording) => inbound.reportRecording(...recording),
    askStatusAfterMs: settings.askStatusAfterMs,
    lookForRecordingMs: settings.lookForRecordingMs,
    clock,
  });
  let lastSignedAt = journal.ourNumbers.lastSigned();
  const inbound = undo.use(
    startInbound({
      settings,
      journal,
      contacts,
      homeAssistant,
      account,
      twilioClock,
      address,
      relayMemory,
      onStatus(sid) {
        waits.statusChanged(sid);
        calls.statusChanged(sid);
      },
      onNewWebhook() {
        lastSignedAt = clock.now();
        problems.signatureAccepted();
      },
      onSaved: (fields) => waits.webhookReceived(fields),
      stopPatienceMs: STOP_PATIENCE.inboundMs,
    }),
  );
  const calls = startCalls({
    options,
    journal,
    account,
    address,
    publishMedia,
    onSessionBegan: (callSid) => publish({ kind: "call_session_began", callSid }),
    onReported: inbound.wake,
    onInputGathered: waits.inputGathered,
    language,
    alarmCalls: () => alarms.calls,
    clock,
    logger,
  });
  const { outbound, alarms }: Requests = undo.use(
    startRequests({
      settings,
      journal,
      events,
      contacts,
      homeAssistant,
      notifications,
      account,
      address,
      publishMedia,
      onReported: inbound.wake,
      language,
      waits,
      startTalk: calls.start,
      talkAddress: calls.talkAddress,
      stopPatienceMs: STOP_PATIENCE.outboundMs,
      hash,
    }),
  );
  // If the start fails, end the retries of writes first. On a full disk, they would delay closing the parts above.
  undo.defer(() => stopping.abort());
  const refused = createRefusedWebhookCounter(clock);
  const { listener, relay } = undo.use(
    await startSources({
      settings,
      identity,
      journal,
      relayMemory,
      homeAssistant,
      account,
      twilioClock,
      address,
      checks,
      temporaryFiles,
      inbound,
      problems,
      calls,
      refused,
      language,
      publish,
      hash,
      maxConnections: caps.webhooks,
    }),
  );
  // `undo` disposes the parts in reverse order: the calls before the listener, so that waiting callers still get an
  // answer.
  undo.use(calls);
  calls.resume();
  alarms.resume();
  outbound.resume();
  inbound.backfill();
  if (options.installScripts) {
    undo.use(startProvisioning({ settings, options, homeAssistant, notifications, hash }));
  }
  undo.use(startAccountWatch({ settings, contacts, homeAssistant, account, problems, address }));
  const panel = undo.use(
    await startPanel({
      settings,
      journal,
      events,
      contacts,
      homeAssistant,
      address,
      account,
      outbound,
      relay,
      alarms: alarms.control,
      uploadMedia,
      polling: inbound.polling,
      refused: refused.read,
      lastSignedAt: () => lastSignedAt,
      identity,
      hash,
      maxConnections: caps.panel,
    }),
  );
  // `undo` calls the last deferred function first. So disposal first aborts the retries of writes and the reading
  // requests to Twilio, which would delay closing the parts above.
  undo.defer(() => stopping.abort());
  startUpkeep({ options, journal, prune, publish, clock, logger }, stopping.signal);

  const running = undo.move();
  return {
    webhookPort: listener.port,
    panelPort: panel?.port ?? null,
    damaged: journal.damaged.then(() => outbound.settled(MOST_ANSWER_MS)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
