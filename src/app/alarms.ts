import { createAlarmButtons } from "../alarms/alarm-buttons.ts";
import { createAlarmCalls } from "../alarms/alarm-call.ts";
import { createAlarmEffects, TAKE_ACTION } from "../alarms/alarm-effects.ts";
import { alarmOfRequest, callSender } from "../alarms/alarm-request.ts";
import { createCallOff } from "../alarms/call-off.ts";
import { draftOf } from "../alarms/changes/change.ts";
import { pressButton } from "../alarms/changes/press-button.ts";
import { createReachCheck } from "../alarms/check-reach.ts";
import { createAlarmAcceptor } from "../alarms/intake/accept-alarm.ts";
import type { AcceptAlarm } from "../alarms/intake/accept-alarm.ts";
import type { AlarmControl } from "../alarms/ports.ts";
import { createAlarmRunner } from "../alarms/run-alarms.ts";
import type { CallScript, IncomingCallTaker } from "../calls/ports.ts";
import type { Contacts } from "../contacts/open-contacts.ts";
import type { AppEvent } from "../domain/events/app-event.ts";
import type { Notifications } from "../domain/notification.ts";
import { createAlarmPush } from "../home-assistant/alarm-push.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createNotifyActions } from "../home-assistant/events/notify-actions.ts";
import { isTransient } from "../journal/database/errors.ts";
import type { Journal } from "../journal/journal.ts";
import { generatedRequestId } from "../outbound/commands/parse-request.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { DeliveryOutcome } from "../outbound/delivery/message-or-call.ts";
import type { CommandRunner } from "../outbound/delivery/run-commands.ts";
import { createRecipientResolver } from "../outbound/intake/recipient-resolver.ts";
import type { ResultReport } from "../outbound/intake/report-result.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";
import { alarmAccountState } from "./alarm-account.ts";
import type { AppEvents } from "./app-events.ts";
import type { AppSettings } from "./process/settings.ts";

export interface AlarmDependencies {
  readonly settings: Pick<AppSettings, "options" | "clock" | "chance" | "logger">;
  /** The journal (the app's database). It retries writes that failed, see `retryWrites`. */
  readonly journal: Journal;
  readonly events: AppEvents;
  readonly contacts: Pick<Contacts, "contactOf" | "all">;
  readonly homeAssistant: HomeAssistantConnection;
  readonly account: Pick<TwilioAccount, "alarmCalls" | "liveCalls" | "describe" | "defaultSender">;
  readonly notifications: Notifications;
  readonly address: Pick<PublicAddress, "current">;
  readonly talkAddress: WriteTalkAddress;
  readonly startDelivery: CommandRunner["start"];
  readonly reportResult: ResultReport["report"];
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  readonly language: () => string;
  readonly hash: (text: string) => string;
}

export interface Alarms extends AsyncDisposable {
  readonly accept: AcceptAlarm;
  /**
   * Returns the outcome of a call or text of an alarm that the app must not send any more. Null if the app must still
   * send it, or if the command belongs to no alarm.
   */
  readonly calledOff: (command: Command) => DeliveryOutcome | null;
  /** Answers Twilio's webhooks about calls of alarms. */
  readonly calls: CallScript & IncomingCallTaker;
  readonly control: AlarmControl;
  /** Continues the alarms that had not ended when the app stopped. */
  resume(): void;
}

/** Connects alarms with the journal, Twilio and Home Assistant. */
export function startAlarms(parts: AlarmDependencies): Alarms {
  const { settings, journal, events, homeAssistant, account, address, talkAddress } = parts;
  const { options, clock, chance, logger } = settings;
  const { alarms, ourNumbers, lastAddresses } = journal;
  const current = (): string | null => address.current();
  // A journal that was restored from a backup contains the time of this backup. So the app knows this time even if it
  // was killed after the restore.
  const copiedAt = journal.settings.get("copied_at");
  const push = createAlarmPush(homeAssistant);
  const runner = createAlarmRunner({
    journal: alarms,
    effects: createAlarmEffects({
      journal: alarms,
      calls: account.alarmCalls(current, talkAddress),
      liveCalls: account.liveCalls(current, talkAddress),
      statuses: journal.statuses,
      push,
      clock,
    }),
    startDelivery: parts.startDelivery,
    onReported: parts.onReported,
    whatsappTemplate: options.alarms.whatsappTemplate,
    clock,
    chance,
    logger,
  });
  const resolveRecipient = createRecipientResolver({
    contacts: parts.contacts.all,
    lastAddresses,
    homeAssistant: {
      // The app reads phone numbers by Home Assistant's country. Alarms do not wait for the connection to Home
      // Assistant, so use the stored country before the first connection.
      get info() {
        return homeAssistant.info ?? { country: journal.settings.get("country") || null, timeZone: "UTC" };
      },
    },
    clock,
  });
  const ourSenders = [options.defaultSender, ...options.notifiers.map(({ fromNumber }) => fromNumber)];
  const accept = createAlarmAcceptor({
    contacts: parts.contacts.all,
    resolveRecipient,
    contactOf: parts.contacts.contactOf,
    defaultSender: options.defaultSender,
    isOwnNumber: (number) =>
      ourSenders.includes(number) || ourNumbers.numbers().some((ours) => ours.address === number),
    hasOptedOut: alarms.hasOptedOut,
    journal: alarms,
    runner,
    language: parts.language,
    publicAddress: current,
    isTransient,
    report: parts.reportResult,
    onReported: parts.onReported,
    newRequestId: () => generatedRequestId("event", chance.uuid()),
    hash: parts.hash,
    now: () => clock.now(),
    logger,
  });

  function pressed(action: string): void {
    if (!action.startsWith(TAKE_ACTION)) return;
    const token = action.slice(TAKE_ACTION.length);
    for (const { alarm } of alarms.openAlarms()) {
      if (!alarm.people.some(({ pushToken }) => pushToken === token)) continue;
      const press = runner.change(alarm.id, (stored, context) => {
        const person = stored.alarm.people.find(({ pushToken }) => pushToken === token);
        return person === undefined ? draftOf(stored) : pressButton(draftOf(stored), person, context);
      });
      void press.catch(() => undefined);
    }
  }

  function hear(event: AppEvent): void {
    const { kind } = event;
    if (kind === "command_finished") wake(alarmOfRequest(event.requestId));
    if (kind === "status_reported") runner.statusChanged(event.sid);
    if (kind === "sid_learned") wake(alarms.alarmOfTry(event.reference)?.id ?? null);
    if (kind === "event_stored" && event.webhook === "message") runner.readTexts();
  }

  function wake(id: string | null): void {
    if (id !== null) runner.wake(id);
  }

  const notifyActions = createNotifyActions(homeAssistant);
  const reach = createReachCheck({
    contacts: parts.contacts.all,
    resolveRecipient,
    journal: alarms,
    sources: {
      account: async () => alarmAccountState(await account.describe()),
      async senderProblem(command) {
        const chosen = options.defaultSender;
        const sender = command === "make_call" ? callSender(chosen) : chosen;
        if (sender !== null) return null;
        const found = await account.defaultSender(command).catch(() => null);
        return found !== null && "error" in found ? found.error : null;
      },
      publicAddress: current,
      pushExists: (service) => notifyActions.exists(service).catch(() => null),
    },
    notifications: parts.notifications,
    language: () => homeAssistant.info?.language ?? "en",
    clock,
  });
  const buttons = createAlarmButtons({ change: runner.change, accept, language: parts.language });
  const stopping = new AbortController();
  void reach.run(stopping.signal);
  // Subscribe even if no contact has a push action. The user can add one at any time on the app's page.
  const stops = [events.subscribe(hear), push.onAction(pressed)];
  return {
    accept,
    calledOff: createCallOff(alarms),
    calls: createAlarmCalls({ journal: alarms, change: runner.change, chance, clock }),
    control: {
      openAlarms: alarms.openAlarms,
      recentAlarms: alarms.recentAlarms,
      alarmProtocol: alarms.alarmProtocol,
      take: buttons.take,
      stop: buttons.stop,
      startDrill: buttons.startDrill,
      reach: reach.result,
    },
    resume: () => runner.resume(copiedAt === null ? null : Date.parse(copiedAt)),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      for (const stop of stops) stop();
      await runner.stop();
    },
  };
}
