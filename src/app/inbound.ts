import type { Contacts } from "../contacts/contact-book.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { fireOutcomeOf } from "../home-assistant/events/fire-event.ts";
import { backfillMissedItems } from "../inbound/backfill/backfill.ts";
import { createEventDelivery } from "../inbound/deliver-events.ts";
import { createWebhookReceiver } from "../inbound/receive-webhook.ts";
import { createRecordingReport } from "../inbound/report-recording.ts";
import { mayProceedWithoutAge } from "../inbound/verify-age.ts";
import { createAgeVerification } from "../inbound/verify-age.ts";
import { isTransient } from "../journal/database/errors.ts";
import type { Journal } from "../journal/journal.ts";
import { createRetryWrites } from "../journal/retry-writes.ts";
import type { Options } from "../options/options.ts";
import type { createAccountLists } from "../twilio/account/lists.ts";
import { numbersPointedHere } from "../twilio/account/lists.ts";
import { fetchMissedItems } from "../twilio/account/missed.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { WebhookAppOptions } from "../twilio/webhooks/webhook-app.ts";

/** What did not get through to Home Assistant goes again after this, in milliseconds. */
const TRY_AGAIN_MS = 1_000;

export interface InboundDependencies {
  readonly options: Options;
  readonly journal: Journal;
  readonly contacts: Contacts;
  readonly homeAssistant: HomeAssistantConnection;
  readonly api: () => Promise<TwilioApi>;
  readonly account: ReturnType<typeof createAccountLists>;
  readonly address: PublicAddress;
  readonly onStatus: (sid: string) => void;
  readonly onNewWebhook: () => void;
  readonly backfillHoldMs?: number | undefined;
  readonly stopPatienceMs: number;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface Inbound extends AsyncDisposable {
  readonly receive: WebhookAppOptions["receive"];
  /** Fires `twilio_recording` for a recording that was looked up, once with Twilio's callback. */
  readonly reportRecording: ReturnType<typeof createRecordingReport>;
  /** Something waits for Home Assistant. May be called as often as one likes. */
  readonly wake: () => void;
  /** Fetches what came while the app was down: only once it listens. */
  backfill(): void;
}

/** Joins all that stands between a verified webhook and Home Assistant. Disposing delivers what it can in its patience. */
export function startInbound(parts: InboundDependencies): Inbound {
  const { options, journal, contacts, homeAssistant, account, api, address, clock, chance, logger } = parts;
  const { eventLog, evidence, heardNumbers, provenSids } = journal;
  const isProvider = options.apiBaseUrl !== null;
  const stopping = new AbortController();
  const pause = (): Promise<void> => clock.wait(TRY_AGAIN_MS, stopping.signal);
  const isStopping = (): boolean => stopping.signal.aborted;
  const untilKept = createRetryWrites({ clock, stopping: stopping.signal, isTransient, logger });

  const delivery = createEventDelivery({
    takeNext: eventLog.takeNext,
    markDelivered: untilKept(eventLog.markDelivered),
    requeue: untilKept(eventLog.requeue),
    reject: untilKept(eventLog.reject),
    fire: (type, data) => fireOutcomeOf(homeAssistant.fireEvent(type, data)),
    isRunning: () => homeAssistant.running,
    pause,
    isStopping,
    clock,
    logger,
  });
  const ageProof =
    provenSids === null
      ? null
      : createAgeVerification(
          {
            unverifiedSids: provenSids.unverifiedSids,
            saveAges: untilKept(provenSids.saveAges),
            mayProceedWithoutAge: (sid, answer) =>
              mayProceedWithoutAge(sid, answer, { isFirstStart: provenSids.isFirstStart, isProvider }),
            createdAt: account.createdAt,
            onVerified: delivery.wake,
            onConfirmedNew: (sid) => receiver.confirmNew(sid),
            clock,
            logger,
          },
          stopping.signal,
        );
  const webhookId = journal.facts.setIfAbsent("webhook_id", chance.bytes(32).toString("hex"));
  const shared = {
    webhookId,
    contactOf: contacts.contactOf,
    partiesOf: journal.talks.partiesOf,
    saveWebhook: eventLog.saveWebhook,
    clock,
    chance,
  };
  const receiver = createWebhookReceiver({
    ...shared,
    // Whoever might be a contact is none of the strangers that are to be ignored.
    reportStrangers: () => options.reportStrangers || !contacts.isComplete(),
    requestIdOf: evidence.requestIdOf,
    saveReachedNumber: heardNumbers.save,
    saveSid: evidence.saveSid,
    onStatus: parts.onStatus,
    onNewWebhook: parts.onNewWebhook,
    onEventSaved() {
      delivery.wake();
      if (ageProof !== null) clock.nextTurn(ageProof.wake);
    },
    logger,
  });
  const stopHearing = homeAssistant.onRunning(() => delivery.wake());
  ageProof?.wake();
  let catchingUp: Promise<void> | null = null;

  return {
    receive: receiver.receive,
    reportRecording: createRecordingReport({ ...shared, onEventSaved: delivery.wake }),
    wake: delivery.wake,
    backfill() {
      catchingUp ??= backfillMissedItems(
        {
          missedSince: journal.missedSince,
          ourNumbers: heardNumbers.numbers,
          configuredNumbers: () => numbersPointedHere(account.numbers, address),
          fetch: (query) => fetchMissedItems(api, query),
          receive: receiver.receiveMissedItem,
          saveCompletion: heardNumbers.saveCompletion,
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
