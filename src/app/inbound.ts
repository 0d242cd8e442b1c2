import { randomBytes, randomUUID } from "node:crypto";

import type { Contacts } from "../contacts/contact-book.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { fireOutcome } from "../home-assistant/events/fire-event.ts";
import { fetchMissed } from "../inbound/backfill/backfill.ts";
import { createEventDelivery } from "../inbound/deliver-events.ts";
import { createWebhookReceiver } from "../inbound/receive-webhook.ts";
import { createRecordingReport } from "../inbound/report-recording.ts";
import { mayBeUntold } from "../inbound/verify-age.ts";
import { createAgeProof } from "../inbound/verify-age.ts";
import { mayPass } from "../journal/database/errors.ts";
import type { Store } from "../journal/journal.ts";
import { createUntilKept } from "../journal/retry-writes.ts";
import type { Options } from "../options/options.ts";
import type { createAccountLists } from "../twilio/account/lists.ts";
import { numbersPointedHere } from "../twilio/account/lists.ts";
import { fetchMissed as fetchMissedItems } from "../twilio/account/missed.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { WebhookAppOptions } from "../twilio/webhooks/webhook-app.ts";

/** What did not get through to Home Assistant goes again after this, in milliseconds. */
const TRY_AGAIN_MS = 1_000;

export interface InboundParts {
  readonly options: Options;
  readonly store: Store;
  readonly contacts: Contacts;
  readonly homeAssistant: HomeAssistantConnection;
  readonly api: () => Promise<TwilioApi>;
  readonly account: ReturnType<typeof createAccountLists>;
  readonly address: PublicAddress;
  readonly onStatus: (sid: string) => void;
  readonly onHeard: () => void;
  readonly backfillHoldMs?: number | undefined;
  readonly stopPatienceMs: number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly logger: Logger;
}

export interface Inbound extends AsyncDisposable {
  readonly receive: WebhookAppOptions["receive"];
  /** Fires `twilio_recording` for a recording that was looked up, once with Twilio's callback. */
  readonly reportRecording: ReturnType<typeof createRecordingReport>;
  /** Something waits for Home Assistant. May be called as often as one likes. */
  readonly wake: () => void;
  /** Fetches what came while the app was down: only once it listens. */
  catchUp(): void;
}

/** Joins all that stands between a verified webhook and Home Assistant. Disposing delivers what it can in its patience. */
export function startInbound(parts: InboundParts): Inbound {
  const { options, store, contacts, homeAssistant, account, api, address, wait, now, logger } = parts;
  const { eventLog, evidence, heardNumbers, provenSids } = store;
  const isProvider = options.apiBaseUrl !== null;
  const stopping = new AbortController();
  const pause = (): Promise<void> => wait(TRY_AGAIN_MS, stopping.signal);
  const isStopping = (): boolean => stopping.signal.aborted;
  const untilKept = createUntilKept({ wait, stopping: stopping.signal, mayPass, logger });

  const delivery = createEventDelivery({
    takeNext: eventLog.takeNext,
    markDelivered: untilKept(eventLog.markDelivered),
    putBack: untilKept(eventLog.putBack),
    setAside: untilKept(eventLog.setAside),
    fire: (type, data) => fireOutcome(homeAssistant.fireEvent(type, data)),
    isRunning: () => homeAssistant.running,
    pause,
    isStopping,
    now,
    logger,
  });
  const ageProof =
    provenSids === null
      ? null
      : createAgeProof(
          {
            unproven: provenSids.unproven,
            prove: untilKept(provenSids.prove),
            mayBeUntold: (sid, answer) =>
              mayBeUntold(sid, answer, { isFirstStart: provenSids.isFirstStart, isProvider }),
            createdAt: account.createdAt,
            onProven: delivery.wake,
            onYoung: (sid) => receiver.heardYoung(sid),
            wait,
            logger,
          },
          stopping.signal,
        );
  const webhookId = store.facts.keepFirst("webhook_id", randomBytes(32).toString("hex"));
  const shared = {
    webhookId,
    contactOf: contacts.contactOf,
    partiesOf: store.talks.partiesOf,
    keepWebhook: eventLog.keepWebhook,
    newEventId: randomUUID,
    now: () => new Date(now()),
  };
  const receiver = createWebhookReceiver({
    ...shared,
    // Whoever might be a contact is none of the strangers that are to be ignored.
    reportStrangers: () => options.reportStrangers || !contacts.isComplete(),
    requestIdOf: evidence.requestIdOf,
    noteHeard: heardNumbers.note,
    noteProof: evidence.noteProof,
    onStatus: parts.onStatus,
    onHeard: parts.onHeard,
    onKept() {
      delivery.wake();
      if (ageProof !== null) setImmediate(ageProof.wake);
    },
    logger,
  });
  const stopHearing = homeAssistant.onRunning(() => delivery.wake());
  ageProof?.wake();
  let catchingUp: Promise<void> | null = null;

  return {
    receive: receiver.receive,
    reportRecording: createRecordingReport({ ...shared, onKept: delivery.wake }),
    wake: delivery.wake,
    catchUp() {
      catchingUp ??= fetchMissed(
        {
          missedSince: store.missedSince,
          heardNumbers: heardNumbers.numbers,
          pointedHere: () => numbersPointedHere(account.numbers, address),
          fetch: (query) => fetchMissedItems(api, query),
          receive: receiver.receiveFetched,
          caughtUp: heardNumbers.caughtUp,
          holdMs: parts.backfillHoldMs,
          wait,
          now,
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
        wait(parts.stopPatienceMs, enough.signal),
      ]);
      enough.abort();
    },
  };
}
