import { createTalkCommandMaker } from "../calls/make-step.ts";
import type { TalkCommand } from "../calls/step.ts";
import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/event.ts";
import type { Logger } from "../domain/log/logger.ts";
import { failureNotification, unreadableRequestNotification } from "../health/notification.ts";
import { createRecentRetries } from "../health/recent-retries.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { listenForNotifyCalls } from "../home-assistant/events/notify-calls.ts";
import { listenForTwilioRequests } from "../home-assistant/events/twilio-requests.ts";
import type { Notifications } from "../home-assistant/notifications.ts";
import type { AddStepResult } from "../journal/calls/talk-steps.ts";
import { isTransient } from "../journal/database/errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { AddResult } from "../journal/outbound/command-queue.ts";
import { createRetryWrites } from "../journal/retry-writes.ts";
import type { Options } from "../options/options.ts";
import { generatedRequestId } from "../outbound/commands/request.ts";
import type { AnyCommand } from "../outbound/delivery/command.ts";
import { createLookUpBeforeSending } from "../outbound/delivery/look-up-before-sending.ts";
import { createSentLookUp, LOOK_UP_AFTER_MS } from "../outbound/delivery/look-up-sent.ts";
import { createCommandRunner } from "../outbound/delivery/run-commands.ts";
import type { SendOneOptions } from "../outbound/delivery/send-one.ts";
import { createCommandAcceptor } from "../outbound/intake/accept-command.ts";
import { createRequestAcceptor } from "../outbound/intake/accept-request.ts";
import { createCommandMaker } from "../outbound/intake/make-command.ts";
import { createResultReport } from "../outbound/intake/report-result.ts";
import { createRequestInbox } from "../outbound/intake/request-inbox.ts";
import { createNotifyCallAcceptor } from "../outbound/notify/accept-notify-call.ts";
import { createDefaultSender } from "../twilio/account/default-sender.ts";
import type { createAccountLists } from "../twilio/account/lists.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import { createSender, type CreateSenderOptions } from "../twilio/send/sender.ts";
import { startNotifiers, type NotifierWatch } from "./notifiers.ts";
import { createRecipientResolver } from "./recipients.ts";

export interface OutboundDependencies {
  readonly options: Options;
  readonly journal: Journal;
  readonly homeAssistant: HomeAssistantConnection;
  readonly notifications: Notifications;
  readonly api: () => Promise<TwilioApi>;
  readonly account: ReturnType<typeof createAccountLists>;
  readonly publicAddress: () => string | null;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  readonly language: () => string;
  readonly awaitStatus: SendOneOptions["awaitStatus"];
  readonly publishMedia: CreateSenderOptions["publishMedia"];
  /** Takes a step on a call that is in the journal. */
  readonly startTalk: (command: TalkCommand) => void;
  readonly talkAddress: CreateSenderOptions["talkAddress"];
  readonly stopPatienceMs: number;
  readonly lookUpAfterMs?: readonly number[] | undefined;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface Outbound extends AsyncDisposable {
  /** What was tried again or looked up since the app's start. */
  readonly retries: ReturnType<typeof createRecentRetries>["read"];
  /**
   * The data of a `twilio_request`, as if it had been heard on Home Assistant's bus. Resolves to whether it is on disk, as
   * a command or as one that waits for Home Assistant, or told why it is none; never rejects.
   */
  request(data: EventData): Promise<boolean>;
  /** Whether Home Assistant lets a notifier work. */
  readonly notifiers: Pick<NotifierWatch, "pausedBecause" | "isMissing">;
  /** Goes on with what an earlier process left: only once it is sure that the app runs. */
  resume(): void;
  /** Resolves when what is being sent has its answer, or after `patienceMs`. */
  settled(patienceMs: number): Promise<void>;
}

/** Joins all that stands between an automation's request and Twilio. Disposing ends hearing first, then sending. */
export function startOutbound(parts: OutboundDependencies): Outbound {
  const { options, journal, homeAssistant, notifications, language, clock, chance, logger } = parts;
  const { commands, evidence, eventLog, heardAddresses, lostAt } = journal;
  const stopping = new AbortController();
  const retries = createRecentRetries();
  const untilKept = createRetryWrites({ clock, stopping: stopping.signal, isTransient, logger });
  const report = createResultReport({ save: untilKept(eventLog.report), fire: homeAssistant.fireEvent });
  const finder = createSentLookUp({
    ...evidence,
    list: parts.account.sentTo,
    lookUpAfterMs: parts.lookUpAfterMs ?? LOOK_UP_AFTER_MS,
    clock,
  });

  const runner = createCommandRunner({
    openCommands: commands.openCommands,
    markPosting: untilKept(commands.markPosting),
    markWaiting: untilKept(commands.markWaiting),
    markAccepted: untilKept(commands.markAccepted),
    markDone: untilKept(commands.markDone),
    finish: untilKept(commands.finish),
    sidOf: evidence.sidOf,
    awaitStatus: parts.awaitStatus,
    latestStatus: journal.statuses.of,
    prepare: createSender({
      api: parts.api,
      publicAddress: parts.publicAddress,
      defaultSender: createDefaultSender(parts.account.numbers, clock),
      publishMedia: parts.publishMedia,
      talkAddress: parts.talkAddress,
    }),
    lookUpSent: finder.lookUp,
    lookUpBeforeSending: createLookUpBeforeSending({ lostAt, lookUpOnce: finder.lookUpOnce, clock }),
    saveSid: evidence.saveSid,
    noteRetry: retries.add,
    onFinished(command, results) {
      parts.onReported();
      const failure = command.origin.startsWith("notify.") ? failureNotification(command, results) : null;
      if (failure !== null) notifications.raise(failure);
    },
    clock,
    chance,
    logger,
  });
  const accept = createCommandAcceptor({
    ...notifications,
    add: untilKept((command: AnyCommand, heard: number | null): Promise<AddResult | AddStepResult> =>
      command.command === "talk" ? journal.talks.add(command, heard) : commands.add(command, heard),
    ),
    report,
    start: (command) => (command.command === "talk" ? parts.startTalk(command) : runner.start(command)),
    onReported: parts.onReported,
    clock,
    logger,
  });

  const notifiers = startNotifiers({
    notifiers: options.notifiers,
    homeAssistant,
    notifications,
    clock,
    stopping: stopping.signal,
    logger,
  });
  const lastInbound = heardAddresses.last;
  const country = (): string | null => homeAssistant.info?.country ?? null;
  const resolveRecipient = createRecipientResolver({
    contacts: options.contacts,
    lastAddresses: heardAddresses,
    country,
    clock,
  });
  const makeCommand = createCommandMaker({ resolveRecipient, lastInbound, chance, logger });
  const acceptNotifyCall = createNotifyCallAcceptor({
    notifiers: options.notifiers,
    pausedBecause: notifiers.pausedBecause,
    makeCommand,
    language,
    report,
    onReported: parts.onReported,
    raise: notifications.raise,
    chance,
    logger,
  });
  const acceptTwilioRequest = createRequestAcceptor({
    makeCommand,
    makeTalkCommand: createTalkCommandMaker({ resolveRecipient, lastInbound, language, chance }),
    defaultSender: options.defaultSender,
    language,
    findExisting: commands.findExisting,
    timeZone: () => homeAssistant.info?.timeZone ?? "UTC",
    report,
    onReported: parts.onReported,
    newRequestId: () => generatedRequestId("event", chance.uuid()),
    hash: parts.hash,
    logger,
  });
  const hearing = createRequestInbox({
    isRunning: () => homeAssistant.running,
    save: untilKept(journal.heardRequests.save),
    pending: journal.heardRequests.pending,
    remove: untilKept(journal.heardRequests.remove),
    commandOf: (request, heardAt) =>
      request.kind === "notify"
        ? acceptNotifyCall(request.call, heardAt)
        : acceptTwilioRequest(request.data, heardAt),
    accept,
    clock,
    logger,
  });

  const stops = [
    listenForNotifyCalls({
      connection: homeAssistant,
      notifiers: options.notifiers.map(({ name }) => name),
      logger,
      onCall: (call) => void hearing.receive({ kind: "notify", call }),
    }),
    listenForTwilioRequests(homeAssistant, (data) => void hearing.receive({ kind: "event", data })),
    homeAssistant.onUnreadable(() =>
      notifications.raise(unreadableRequestNotification(new Date(clock.now()))),
    ),
    // After the notifiers', so that it is known which of them are paused.
    homeAssistant.onRunning(hearing.resume),
  ];

  return {
    request: (data) => hearing.receive({ kind: "event", data }),
    notifiers,
    retries: retries.read,
    resume: runner.resume,
    settled: runner.settled,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      notifiers[Symbol.dispose]();
      stopping.abort();
      await hearing.settled();
      await runner.stop(parts.stopPatienceMs);
    },
  };
}
