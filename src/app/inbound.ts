import type { Contacts } from "../contacts/open-contacts.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createEventBus } from "../home-assistant/events/fire-event.ts";
import { createBackfill } from "../inbound/backfill/backfill.ts";
import type { OurNumber } from "../inbound/backfill/missed-item.ts";
import { createContactRecognition } from "../inbound/contact-recognition.ts";
import { createEventDelivery } from "../inbound/deliver-events.ts";
import { startMessagePolling, type MessagePolling } from "../inbound/polling/poll-messages.ts";
import { createWebhookReceiver } from "../inbound/receive-webhook.ts";
import type { WebhookReceiver } from "../inbound/receive-webhook.ts";
import type { TwilioClock } from "../inbound/relay/ports.ts";
import { createRecordingReport } from "../inbound/report-recording.ts";
import type { ReportRecording } from "../inbound/report-recording.ts";
import { createAgeVerification } from "../inbound/verify-age.ts";
import type { Journal } from "../journal/journal.ts";
import { relayBase, type RelayMemory } from "../setup/relay/relay-record.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

export interface InboundDependencies {
  readonly settings: Pick<AppSettings, "options" | "backfillHoldMs" | "clock" | "chance" | "logger">;
  /** The journal (the app's database). It retries writes that failed, see `retryWrites`. */
  readonly journal: Journal;
  readonly contacts: Contacts;
  readonly homeAssistant: HomeAssistantConnection;
  readonly account: TwilioAccount;
  readonly twilioClock: TwilioClock;
  readonly address: PublicAddress;
  readonly relayMemory: Pick<RelayMemory, "get">;
  readonly onStatus: (sid: string) => void;
  readonly onNewWebhook: () => void;
  /** Called after a webhook has been stored, also after a repeated one. */
  readonly onSaved: (fields: WebhookFields) => void;
  readonly stopPatienceMs: number;
}

export interface Inbound extends AsyncDisposable {
  readonly receive: WebhookReceiver["receive"];
  /**
   * Fires `twilio_recording` for a recording that the app looked up at Twilio, unless Twilio's callback has reported
   * it.
   */
  readonly reportRecording: ReportRecording;
  /** Makes the app deliver stored events to Home Assistant. May be called at any time. */
  readonly wake: () => void;
  /**
   * Fetches messages and calls that came in while no webhooks could reach the app, and starts polling. Called after the
   * app has started to listen, and each time that webhooks can reach it again.
   */
  backfill(): void;
  /**
   * The polling of messages. Null before the first `backfill()`, and always for a compatible provider, which is not
   * polled.
   */
  polling(): MessagePolling | null;
}

/**
 * Connects verified webhooks with Home Assistant. When disposed, it delivers stored events for at most
 * `stopPatienceMs`.
 */
export function startInbound(parts: InboundDependencies): Inbound {
  const { journal, contacts, homeAssistant, account, twilioClock } = parts;
  const { options, backfillHoldMs: holdMs, clock, chance, logger } = parts.settings;
  const { eventLog, ourNumbers, sidAges, callSteps: calls } = journal;
  const stopping = new AbortController();
  const delivery = createEventDelivery(
    { queue: eventLog, homeAssistant: createEventBus(homeAssistant), clock, logger },
    stopping.signal,
  );
  const ageVerification =
    sidAges === null
      ? null
      : createAgeVerification(
          {
            journal: sidAges,
            ages: account,
            isProvider: options.apiBaseUrl !== null,
            onVerified: delivery.wake,
            onConfirmedNew: (sid) => receiver.confirmNew(sid),
            clock,
            logger,
          },
          stopping.signal,
        );
  const webhookId = journal.settings.setIfAbsent("webhook_id", chance.bytes(32).toString("hex"));
  const recognize = createContactRecognition(contacts, journal.deliveryEvidence);
  const receiver = createWebhookReceiver({
    webhookId,
    reportStrangers: options.reportStrangers,
    contacts,
    recognize,
    store: eventLog,
    deliveries: journal.deliveryEvidence,
    calls,
    ourNumbers,
    listener: {
      eventsSaved: delivery.handOver,
      eventsCommitted: () => ageVerification?.wake(),
      newWebhook,
      statusChanged: parts.onStatus,
      webhookSaved: parts.onSaved,
    },
    chance,
    logger,
  });
  const stopListening = homeAssistant.onRunning(() => delivery.wake());
  ageVerification?.wake();
  const backfill = createBackfill(
    {
      progress: ourNumbers,
      store: eventLog,
      ourNumbers,
      missedItems: account.missedItems(parts.address),
      receiver,
      isFirstStart: sidAges?.isFirstStart ?? false,
      holdMs,
      twilioClock,
      clock,
      logger,
    },
    stopping.signal,
  );
  const lists = account.messageLists(parts.address, {
    base: () => relayBase(parts.relayMemory),
    name: () => parts.relayMemory.get()?.name ?? null,
  });
  let polling: MessagePolling | null = null;

  function startPolling(): MessagePolling | null {
    if (lists === null) return null;
    return startMessagePolling(
      {
        lists,
        journal: journal.pollingOf(account.sid),
        ourNumbers,
        store: eventLog,
        sent: journal.deliveryEvidence,
        receiver,
        hasCallbacks: () => parts.address.current() !== null,
        lostAt: journal.lostAt,
        onMissedWebhooks: backfill.start,
        twilioClock,
        clock,
        logger,
      },
      stopping.signal,
    );
  }

  function newWebhook(number: OurNumber | null): void {
    parts.onNewWebhook();
    if (number?.kind === "message") void polling?.webhookArrived(number.address).catch(() => undefined);
  }

  return {
    receive: receiver.receive,
    reportRecording: createRecordingReport({
      webhookId,
      recognize,
      store: eventLog,
      calls,
      onEventSaved: delivery.wake,
      clock,
      chance,
    }),
    wake: delivery.wake,
    backfill() {
      backfill.start();
      polling ??= startPolling();
    },
    polling: () => polling,
    async [Symbol.asyncDispose]() {
      stopListening();
      stopping.abort();
      const timeLimit = new AbortController();
      await Promise.race([
        Promise.all([delivery.settled(), ageVerification?.settled(), backfill.settled(), polling?.settled()]),
        clock.wait(parts.stopPatienceMs, timeLimit.signal),
      ]);
      timeLimit.abort();
    },
  };
}
