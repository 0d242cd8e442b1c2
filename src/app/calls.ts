import { ALARM_SCRIPT } from "../alarms/call-texts.ts";
import { createCallSessions } from "../calls/call-sessions.ts";
import type { CallSessions } from "../calls/call-sessions.ts";
import type { CallScript, IncomingCallTaker } from "../calls/ports.ts";
import type { ScriptWebhook } from "../calls/script.ts";
import { withScripts } from "../calls/scripted-calls.ts";
import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Journal } from "../journal/journal.ts";
import type { PublishMedia } from "../media/publish-media.ts";
import type { Options } from "../options/options.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import { createTalkAddresses } from "../twilio/webhooks/talk/talk-addresses.ts";
import type { TalkAddresses, WriteTalkAddress } from "../twilio/webhooks/talk/talk-addresses.ts";
import { createTwimlAnswers } from "../twilio/webhooks/twiml-answers.ts";
import type { TwimlAnswers } from "../twilio/webhooks/twiml-answers.ts";

export interface CallsDependencies {
  readonly options: Options;
  /** The journal (the app's database). It retries writes that failed, see `retryWrites`. */
  readonly journal: Journal;
  readonly account: Pick<TwilioAccount, "liveCalls">;
  readonly address: Pick<PublicAddress, "current" | "bases">;
  readonly publishMedia: PublishMedia;
  /** Called when Twilio or an automation names a call for the first time since the app's start. */
  readonly onSessionBegan: (callSid: string) => void;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  /**
   * Called when the first step of an outgoing call (what the app says and asks) has a result. `reference`: the secret
   * reference of the call's delivery.
   */
  readonly onInputGathered: (reference: string) => void;
  readonly language: () => string;
  /**
   * Controls the calls of alarms. If a person of an open alarm calls, alarms answer this call before automations do.
   */
  readonly alarmCalls: () => CallScript & IncomingCallTaker;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Calls extends Disposable {
  readonly start: CallSessions["startStep"];
  readonly statusChanged: CallSessions["statusChanged"];
  /** Makes the TwiML with which the app answers Twilio's webhooks about calls. */
  readonly answers: TwimlAnswers;
  readonly talkAddresses: TalkAddresses;
  /** Makes the URL at which Twilio asks what a call does next. */
  readonly talkAddress: WriteTalkAddress;
  /** Ends a call for which the app's TwiML reached Twilio too late, see `CallSessions`. */
  readonly endNotReached: CallSessions["endNotReached"];
  readonly held: CallSessions["held"];
  /** Continues the calls that were in progress when the app stopped. Called after the app has started to listen. */
  resume(): void;
}

/**
 * Connects Twilio's webhooks about calls with the automations that control them. The app holds (does not answer yet)
 * such a webhook until an automation says what comes next. Disposing answers the held webhooks.
 */
export function startCalls(parts: CallsDependencies): Calls {
  const { options, journal, address, language, clock, logger } = parts;
  const { callSteps, commands, statuses } = journal;
  const talkAddresses = createTalkAddresses({ key: journal.talkKey, lostAt: journal.lostAt, clock });
  const sessions = createCallSessions({
    firstStepWaitMs: options.incomingCalls.waitSeconds * 1_000,
    language,
    journal: callSteps,
    requests: journal.callWebhooks,
    results: commands,
    statuses,
    liveCalls: parts.account.liveCalls(() => address.current(), talkAddresses.write),
    publishMedia: parts.publishMedia,
    onSessionBegan: parts.onSessionBegan,
    onReported: parts.onReported,
    onInputGathered: parts.onInputGathered,
    clock,
    logger,
  });
  const alarmCalls = {
    name: ALARM_SCRIPT,
    answer: (webhook: ScriptWebhook) => parts.alarmCalls().answer(webhook),
    take: (call: { readonly callSid: string; readonly from: string }) => parts.alarmCalls().take(call),
  };
  const scripted = withScripts(sessions, { scripts: [alarmCalls], takers: [alarmCalls], statuses, clock });
  const answers = createTwimlAnswers({
    sessions: {
      answerArrival: scripted.answerArrival,
      answerConnected: scripted.answerConnected,
      answerWebhook: scripted.answerWebhook,
      end: sessions.end,
      failActiveStep: sessions.failActiveStep,
    },
    address,
    talkAddresses,
    otherwise: options.incomingCalls.otherwise,
    language,
    clock,
    logger,
  });

  return {
    start: sessions.startStep,
    statusChanged: sessions.statusChanged,
    answers,
    talkAddresses,
    talkAddress: talkAddresses.write,
    endNotReached: sessions.endNotReached,
    held: sessions.held,
    resume: sessions.resume,
    [Symbol.dispose]() {
      sessions.releaseHeldWebhooks();
    },
  };
}
