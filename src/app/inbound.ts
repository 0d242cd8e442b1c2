import type { Contacts } from "../contacts/contact-book.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createEventBus } from "../home-assistant/events/fire-event.ts";
import { backfillMissedItems } from "../inbound/backfill/backfill.ts";
import { createEventDelivery } from "../inbound/deliver-events.ts";
import { createWebhookReceiver } from "../inbound/receive-webhook.ts";
import type { WebhookReceiver } from "../inbound/receive-webhook.ts";
import { createRecordingReport } from "../inbound/report-recording.ts";
import type { ReportRecording } from "../inbound/report-recording.ts";
import { createAgeVerification } from "../inbound/verify-age.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options } from "../options/options.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";

export interface InboundDependencies {
  readonly options: Options;
  /** Writes until it is on disk. */
  readonly journal: Journal;
  readonly contacts: Contacts;
  readonly homeAssistant: HomeAssistantConnection;
  readonly account: TwilioAccount;
  readonly address: PublicAddress;
  readonly onStatus: (sid: string) => void;
  readonly onNewWebhook: () => void;
  /** Called after each webhook, new or repeated, has been stored. */
  readonly onSaved: (fields: WebhookFields) => void;
  readonly backfillHoldMs?: number | undefined;
  readonly stopPatienceMs: number;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface Inbound extends AsyncDisposable {
  readonly receive: WebhookReceiver["receive"];
  /** Fires `twilio_recording` for a recording that was looked up, once with Twilio's callback. */
  readonly reportRecording: ReportRecording;
  /** Something waits for Home Assistant. May be called as often as one likes. */
  readonly wake: () => void;
  /** Fetches what came while the app was down: only once it listens. */
  backfill(): void;
}

/** Joins all that stands between a verified webhook and Home Assistant. Disposing delivers what it can in its patience. */
export function startInbound(parts: InboundDependencies): Inbound {
  const { options, journal, contacts, homeAssistant, account, clock, chance, logger } = parts;
  const { eventLog, ourNumbers, sidAges, callSteps: calls } = journal;
  const stopping = new AbortController();
  const delivery = createEventDelivery(
    { queue: eventLog, homeAssistant: createEventBus(homeAssistant), clock, logger },
    stopping.signal,
  );
  const ageProof =
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
  const receiver = createWebhookReceiver({
    webhookId,
    reportStrangers: options.reportStrangers,
    contacts,
    store: eventLog,
    deliveries: journal.deliveryEvidence,
    calls,
    ourNumbers: ourNumbers,
    listener: {
      eventSaved() {
        delivery.wake();
        if (ageProof !== null) clock.nextTurn(ageProof.wake);
      },
      newWebhook: parts.onNewWebhook,
      statusChanged: parts.onStatus,
      webhookSaved: parts.onSaved,
    },
    chance,
    logger,
  });
  const stopHearing = homeAssistant.onRunning(() => delivery.wake());
  ageProof?.wake();
  let catchingUp: Promise<void> | null = null;

  return {
    receive: receiver.receive,
    reportRecording: createRecordingReport({
      webhookId,
      contacts,
      store: eventLog,
      calls,
      onEventSaved: delivery.wake,
      clock,
      chance,
    }),
    wake: delivery.wake,
    backfill() {
      catchingUp ??= backfillMissedItems(
        {
          missedSince: journal.missedSince,
          ourNumbers: ourNumbers,
          missedItems: account.missedItems(parts.address),
          receiver,
          holdMs: parts.backfillHoldMs,
          clock,
          logger,
        },
        stopping.signal,
      );
    },
    async [Symbol.asyncDispose]() {
      stopHearing();
      stopping.abort();
      const enough = new AbortController();
      await Promise.race([
        Promise.all([delivery.settled(), ageProof?.settled(), catchingUp]),
        clock.wait(parts.stopPatienceMs, enough.signal),
      ]);
      enough.abort();
    },
  };
}
