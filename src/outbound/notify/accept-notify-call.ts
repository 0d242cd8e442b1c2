import { inChannelOf } from "../../domain/address/channel-address.ts";
import type { Chance } from "../../domain/chance.ts";
import { errorText } from "../../domain/error-text.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
import { generatedRequestId } from "../commands/parse-request.ts";
import type { Command } from "../delivery/command.ts";
import type { CallInstructions, MessageOrCall } from "../delivery/message-or-call.ts";
import { refusalData } from "../delivery/result.ts";
import type { MakeCommand } from "../intake/make-command.ts";
import type { ResultReport } from "../intake/report-result.ts";
import type { Notifier, NotifyCall } from "./notify-call.ts";
import { isTwimlAddress, originOf } from "./notify-call.ts";
import { notifyRefusal } from "./notify-refusal.ts";
import type { NotifyRefusal } from "./notify-refusal.ts";
import type { NotifierWatch } from "./watch-notifiers.ts";

/**
 * The timeout of a request that comes from a notifier (an action `notify.<name>`), in milliseconds. The action itself
 * has no timeout.
 */
const NOTIFY_TIMEOUT_MS = 600_000;

const COMMANDS: Readonly<Record<Notifier["type"], MessageOrCall["command"]>> = {
  sms: "send_message",
  call: "make_call",
};

/**
 * The status at which the delivery ends: Twilio's acceptance. The action in Home Assistant has already ended, so nobody
 * waits for a later status.
 */
const WAIT_FOR: Readonly<Record<Notifier["type"], WaitFor>> = { sms: "accepted", call: "queued" };

export interface AcceptNotifyCallOptions {
  readonly notifiers: readonly Notifier[];
  readonly watch: Pick<NotifierWatch, "pausedBecause">;
  readonly makeCommand: MakeCommand;
  /** The language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly results: ResultReport;
  readonly notifications: Pick<Notifications, "raise">;
  readonly chance: Chance;
  readonly logger: Logger;
}

/**
 * Turns a call of an action `notify.<name>` into a command (an accepted request); null if nothing can be sent.
 * `receivedAt`: in milliseconds since 1970.
 */
export type AcceptNotifyCall = (call: NotifyCall, receivedAt: number) => Promise<Command | null>;

/**
 * Makes the function that turns a call of `notify.<name>` into a command. The action has already ended and cannot fail.
 * So if nothing can be sent, a `twilio_result` and a notification say why.
 */
export function createNotifyCallAcceptor(options: AcceptNotifyCallOptions): AcceptNotifyCall {
  return async function acceptNotifyCall(call, receivedAt) {
    const notifier = options.notifiers.find(({ name }) => name === call.notifier);
    if (notifier === undefined) return null;
    const requestId = generatedRequestId("notify", options.chance.uuid());
    const to = call.target.length === 0 ? notifier.targets : call.target;
    const refusal = refusalOf(notifier, call, to);
    if (refusal === null) {
      try {
        return await makeCommand(notifier, call, to, requestId, receivedAt);
      } catch (error) {
        const message = `The app failed: ${String(error)}`;
        await refuse(notifier, { code: "app_failed", message }, requestId, receivedAt);
        return null;
      }
    }
    await refuse(notifier, refusal, requestId, receivedAt);
    return null;
  };

  function refusalOf(notifier: Notifier, call: NotifyCall, to: readonly unknown[]): NotifyRefusal | null {
    const paused = options.watch.pausedBecause(notifier);
    return paused === null ? notifyRefusal(notifier, call, to) : { code: "paused", message: paused };
  }

  async function makeCommand(
    notifier: Notifier,
    call: NotifyCall,
    to: readonly unknown[],
    requestId: string,
    receivedAt: number,
  ): Promise<Command> {
    return await options.makeCommand({
      requestId,
      command: commandOf(notifier),
      origin: originOf(notifier),
      fingerprint: requestId,
      waitFor: WAIT_FOR[notifier.type],
      receivedAt,
      timeoutMs: NOTIFY_TIMEOUT_MS,
      to,
      field: to === call.target ? "target" : "targets",
      requestFor: (address) => requestFor(notifier, call, address),
      isDefaultSender: true,
    });
  }

  /**
   * Reports why nothing was sent. Each notifier and reason has one notification, so a repeated alert adds no further
   * notification.
   */
  async function refuse(
    notifier: Notifier,
    { code, message }: NotifyRefusal,
    requestId: string,
    at: number,
  ): Promise<void> {
    const origin = originOf(notifier);
    const sentence = `${origin} was called and nothing was sent: ${message}`;
    options.logger.warning(sentence);
    const id = `twilio_nothing_sent_${notifier.name}_${code}`;
    options.notifications.raise({
      id,
      say({ errors, notifications: { nothingSent: said } }) {
        return {
          title: said.title(origin),
          message: said.message(origin, errorText({ code, message }, errors)),
        };
      },
    });
    const data = refusalData(requestId, commandOf(notifier), code, sentence);
    await options.results.report(data, at);
  }

  function requestFor(
    notifier: Notifier,
    { message, mediaUrls }: NotifyCall,
    address: string,
  ): MessageOrCall {
    const from = notifier.fromNumber;
    const text = message ?? "";
    switch (notifier.type) {
      case "call":
        return { command: "make_call", to: address, from, instructions: instructions(text) };
      case "sms":
        return { command: "send_message", to: inChannelOf(from, address), from, body: text, mediaUrls };
    }
  }

  /** Core's `twilio_call` reads a message as the URL of TwiML or as a text to speak. The app does so, too. */
  function instructions(message: string): CallInstructions {
    if (isTwimlAddress(message)) return { twimlUrl: message.trim() };
    return { say: message, language: options.language() };
  }
}

function commandOf({ type }: Notifier): MessageOrCall["command"] {
  return COMMANDS[type];
}
