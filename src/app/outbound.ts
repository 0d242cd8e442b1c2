import { isAlarmRequest } from "../alarms/intake/accept-alarm.ts";
import { createTalkCommandMaker } from "../calls/make-step.ts";
import type { TalkCommand } from "../calls/step.ts";
import type { Contacts } from "../contacts/open-contacts.ts";
import type { ResolveRecipient } from "../contacts/ports.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notifications } from "../domain/notification.ts";
import { unreadableRequestNotification } from "../health/notification.ts";
import { createRecentRetries, type RecentRetries } from "../health/recent-retries.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createNotifyActions } from "../home-assistant/events/notify-actions.ts";
import { createRequestSource } from "../home-assistant/events/request-source.ts";
import type { Journal } from "../journal/journal.ts";
import type { PublishMedia } from "../media/publish-media.ts";
import type { Options } from "../options/options.ts";
import { generatedRequestId } from "../outbound/commands/parse-request.ts";
import type { DeliveryWait } from "../outbound/delivery/await-status.ts";
import type { CommandRunner, RunCommandsOptions } from "../outbound/delivery/run-commands.ts";
import { createCommandAcceptor } from "../outbound/intake/accept-command.ts";
import { createRequestEventAcceptor } from "../outbound/intake/accept-request-event.ts";
import { createCommandMaker } from "../outbound/intake/make-command.ts";
import { createRecipientResolver } from "../outbound/intake/recipient-resolver.ts";
import { createResultReport, type ResultReport } from "../outbound/intake/report-result.ts";
import { createRequestInbox, type RequestSender } from "../outbound/intake/request-inbox.ts";
import { createNotifyCallAcceptor } from "../outbound/notify/accept-notify-call.ts";
import { watchNotifiers, type NotifierWatch } from "../outbound/notify/watch-notifiers.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";
import { createDeliveries } from "./deliveries.ts";

export interface OutboundDependencies {
  readonly options: Pick<Options, "notifiers" | "defaultSender">;
  readonly contacts: Pick<Contacts, "all">;
  /** The journal (the app's database). It retries writes that failed, see `retryWrites`. */
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
  /** Starts a step on a call (what the app says and asks). The journal already has the step. */
  readonly startTalk: (command: TalkCommand) => void;
  readonly talkAddress: WriteTalkAddress;
  /** Accepts the data of a `twilio_request` about an alarm, even while Home Assistant starts. Never rejects. */
  readonly acceptAlarm: (data: EventData) => Promise<EventData>;
  /**
   * Returns the outcome of a command (an accepted request) that the app must not send to Twilio any more. Null if the
   * app may send it.
   */
  readonly calledOff: RunCommandsOptions["calledOff"];
  readonly stopPatienceMs: number;
  readonly lookUpAfterMs?: readonly number[] | undefined;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface Outbound extends AsyncDisposable {
  /** The messages and calls that the app sent again, or looked up at Twilio, since its start. */
  readonly retries: RecentRetries["read"];
  /**
   * Accepts the data of a `twilio_request` from the app's own page. Never rejects.
   *
   * @returns whether the request, or the reason for its refusal, is stored; for an alarm, whether it was accepted. If
   * not, the request is never sent, so that the page can say so
   */
  request(data: EventData): Promise<boolean>;
  /** Finds the number or channel address of a recipient that a user has typed. */
  readonly resolveRecipient: ResolveRecipient;
  /** Sends a command that the journal already has. */
  readonly startDelivery: CommandRunner["start"];
  /** Reports the result of a request to the automation. */
  readonly reportResult: ResultReport["report"];
  /** Whether a notifier (an action `notify.<name>`) is paused, and whether Home Assistant lacks its action. */
  readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  /** Continues the requests that were not finished when the app stopped. Called after the app has started to listen. */
  resume(): void;
  /** Resolves when no request to Twilio is open, or after `patienceMs` milliseconds. */
  settled(patienceMs: number): Promise<void>;
}

/** Connects requests of automations with Twilio. Disposing first stops accepting requests, then sending. */
export function startOutbound(parts: OutboundDependencies): Outbound {
  const { options, journal, homeAssistant, notifications, account, clock, chance, logger } = parts;
  const { onReported, language } = parts;
  const { commands, callSteps, eventLog, pendingRequests, lastAddresses } = journal;
  const stopping = new AbortController();
  const retries = createRecentRetries();
  const results = createResultReport({ log: eventLog, homeAssistant, onReported });
  const runner = createDeliveries({
    journal,
    notifications,
    account,
    address: parts.address,
    onReported,
    waits: parts.waits,
    publishMedia: parts.publishMedia,
    talkAddress: parts.talkAddress,
    calledOff: parts.calledOff,
    lookUpAfterMs: parts.lookUpAfterMs,
    noteRetry: retries.add,
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
        resolveRecipient,
        makeTalkCommand: createTalkCommandMaker({ resolveRecipient, lastInbound, language, chance }),
        defaultSender: options.defaultSender,
        language,
        homeAssistant,
        commands,
        requests: pendingRequests,
        results,
        newRequestId: () => generatedRequestId("event", chance.uuid()),
        hash: parts.hash,
        logger,
      }),
    },
    acceptCommand: createCommandAcceptor({
      commands,
      requests: pendingRequests,
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

  async function receive(data: EventData, sender: RequestSender): Promise<boolean> {
    // A request about an alarm is accepted even while Home Assistant starts.
    if (isAlarmRequest(data)) return (await parts.acceptAlarm(data))["ok"] === true;
    return await inbox.receive({ kind: "event", data }, sender);
  }

  const source = createRequestSource(homeAssistant, logger);
  const stops = [
    source.onNotifyCall(
      options.notifiers.map(({ name }) => name),
      (call) => void inbox.receive({ kind: "notify", call }, "home_assistant"),
    ),
    source.onRequest((data) => void receive(data, "home_assistant")),
    source.onUnreadable(() => notifications.raise(unreadableRequestNotification(new Date(clock.now())))),
    // Subscribe after `watchNotifiers`, so that the app knows the paused notifiers when it accepts the stored requests.
    homeAssistant.onRunning(inbox.resume),
  ];

  return {
    request: (data) => receive(data, "page"),
    resolveRecipient,
    startDelivery: runner.start,
    reportResult: results.report,
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
