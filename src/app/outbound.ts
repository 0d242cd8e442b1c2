import { createTalkCommandMaker } from "../calls/make-step.ts";
import type { TalkCommand } from "../calls/step.ts";
import type { Contacts } from "../contacts/open-contacts.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notifications } from "../domain/notification.ts";
import { failureNotification, unreadableRequestNotification } from "../health/notification.ts";
import { createRecentRetries } from "../health/recent-retries.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createNotifyActions } from "../home-assistant/events/notify-actions.ts";
import { createRequestSource } from "../home-assistant/events/request-source.ts";
import type { Journal } from "../journal/journal.ts";
import type { PublishMedia } from "../media/publish-media.ts";
import type { Options } from "../options/options.ts";
import { generatedRequestId } from "../outbound/commands/parse-request.ts";
import type { DeliveryWait } from "../outbound/delivery/await-status.ts";
import { createDeliveryReports } from "../outbound/delivery/delivery-reports.ts";
import { createLookUpBeforeSending } from "../outbound/delivery/look-up-before-sending.ts";
import { createSentLookUp, LOOK_UP_AFTER_MS } from "../outbound/delivery/look-up-sent.ts";
import { createCommandRunner } from "../outbound/delivery/run-commands.ts";
import { createCommandAcceptor } from "../outbound/intake/accept-command.ts";
import { createRequestEventAcceptor } from "../outbound/intake/accept-request-event.ts";
import { createCommandMaker } from "../outbound/intake/make-command.ts";
import { createRecipientResolver } from "../outbound/intake/recipient-resolver.ts";
import { createResultReport } from "../outbound/intake/report-result.ts";
import { createRequestInbox } from "../outbound/intake/request-inbox.ts";
import { createNotifyCallAcceptor } from "../outbound/notify/accept-notify-call.ts";
import { watchNotifiers, type NotifierWatch } from "../outbound/notify/watch-notifiers.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";

export interface OutboundDependencies {
  readonly options: Pick<Options, "notifiers" | "defaultSender">;
  readonly contacts: Pick<Contacts, "all">;
  /** Retries its writes. See `retryWrites`. */
  readonly journal: Journal;
  readonly homeAssistant: HomeAssistantConnection;
  readonly notifications: Notifications;
  readonly account: TwilioAccount;
  readonly address: Pick<PublicAddress, "current">;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  readonly language: () => string;
  readonly waits: DeliveryWait;
  readonly publishMedia: PublishMedia;
  /** Starts a step that has been stored in the journal. */
  readonly startTalk: (command: TalkCommand) => void;
  readonly talkAddress: WriteTalkAddress;
  readonly stopPatienceMs: number;
  readonly lookUpAfterMs?: readonly number[] | undefined;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface Outbound extends AsyncDisposable {
  /** Messages and calls that were retried or looked up at Twilio since the app started. */
  readonly retries: ReturnType<typeof createRecentRetries>["read"];
  /**
   * Accepts the data of a `twilio_request`, like one from Home Assistant's event bus. Never rejects.
   *
   * @returns whether the request, or the reason for its rejection, is stored
   */
  request(data: EventData): Promise<boolean>;
  /** Whether notifiers are paused, and whether their actions exist. */
  readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  /** Continues the requests of an earlier process. Called after the app has started to listen. */
  resume(): void;
  /** Resolves when no request to Twilio is open, or after `patienceMs`. */
  settled(patienceMs: number): Promise<void>;
}

/** Connects requests of automations with Twilio. Disposing first stops accepting, then sending. */
export function startOutbound(parts: OutboundDependencies): Outbound {
  const { options, journal, homeAssistant, notifications, account, clock, chance, logger } = parts;
  const { onReported, language } = parts;
  const {
    commands,
    callSteps,
    deliveryEvidence: evidence,
    eventLog,
    pendingRequests,
    lastAddresses,
    statuses,
    lostAt,
  } = journal;
  const stopping = new AbortController();
  const retries = createRecentRetries();
  const results = createResultReport({ log: eventLog, homeAssistant, onReported });
  const sentLookUp = createSentLookUp({
    source: account,
    evidence,
    lookUpAfterMs: parts.lookUpAfterMs ?? LOOK_UP_AFTER_MS,
    clock,
  });
  const runner = createCommandRunner({
    journal: commands,
    evidence,
    statuses,
    sender: account.createSender({
      publicAddress: parts.address.current,
      publishMedia: parts.publishMedia,
      talkAddress: parts.talkAddress,
    }),
    waits: parts.waits,
    sentLookUp,
    lookUpBeforeSending: createLookUpBeforeSending({ lostAt, sentLookUp, clock }),
    reports: createDeliveryReports({
      onReported,
      noteRetry: retries.add,
      describeFailure: failureNotification,
      notifications,
    }),
    clock,
    chance,
    logger,
  });
  const notifiers = watchNotifiers({
    notifiers: options.notifiers,
    actions: createNotifyActions(homeAssistant),
    notifications,
    clock,
    stopping: stopping.signal,
    logger,
  });
  const lastInbound = lastAddresses.last;
  const resolveRecipient = createRecipientResolver({
    contacts: parts.contacts.all,
    lastAddresses: lastAddresses,
    homeAssistant,
    clock,
  });
  const makeCommand = createCommandMaker({ resolveRecipient, lastInbound, chance, logger });
  const inbox = createRequestInbox({
    homeAssistant,
    journal: pendingRequests,
    acceptors: {
      notify: createNotifyCallAcceptor({
        notifiers: options.notifiers,
        watch: notifiers,
        makeCommand,
        language,
        results,
        notifications,
        chance,
        logger,
      }),
      event: createRequestEventAcceptor({
        makeCommand,
        makeTalkCommand: createTalkCommandMaker({ resolveRecipient, lastInbound, language, chance }),
        defaultSender: options.defaultSender,
        language,
        homeAssistant,
        commands,
        results,
        newRequestId: () => generatedRequestId("event", chance.uuid()),
        hash: parts.hash,
        logger,
      }),
    },
    acceptCommand: createCommandAcceptor({
      commands,
      steps: callSteps,
      results,
      runner,
      startStep: parts.startTalk,
      notifications,
      clock,
      logger,
    }),
    clock,
    logger,
  });

  const source = createRequestSource(homeAssistant, logger);
  const stops = [
    source.onNotifyCall(
      options.notifiers.map(({ name }) => name),
      (call) => void inbox.receive({ kind: "notify", call }),
    ),
    source.onRequest((data) => void inbox.receive({ kind: "event", data })),
    source.onUnreadable(() => notifications.raise(unreadableRequestNotification(new Date(clock.now())))),
    // Subscribed after `watchNotifiers`, which determines the paused notifiers first.
    homeAssistant.onRunning(inbox.resume),
  ];

  return {
    request: (data) => inbox.receive({ kind: "event", data }),
    notifiers,
    retries: retries.read,
    resume: runner.resume,
    settled: runner.settled,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      notifiers[Symbol.dispose]();
      stopping.abort();
      await inbox.settled();
      await runner.stop(parts.stopPatienceMs);
    },
  };
}
