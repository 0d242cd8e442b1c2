import type { Command } from "../domain/command.ts";
import type { Logger } from "../domain/logger.ts";
import type { Notifier } from "../domain/notifier.ts";
import type { NotifyCall } from "../domain/notify-call.ts";
import { MOST_RECIPIENTS } from "../domain/payload-fields.ts";
import type { CallInstructions, SendRequest } from "../domain/send-request.ts";
import type { MakeCommand } from "./make-command.ts";

/** `notify` has no timeout of its own; nothing is sent later than this after it was asked for, in milliseconds. */
const NOTIFY_TIMEOUT_MS = 600_000;

export interface AcceptNotifyCallOptions {
  readonly notifiers: readonly Notifier[];
  /** Why the notifier must not send now (Core's own platform would send too), or null. */
  readonly pausedBecause: (notifier: Notifier) => string | null;
  readonly makeCommand: MakeCommand;
  /** Language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly newRequestId: () => string;
  readonly logger: Logger;
}

/** A heard `notify.<name>` becomes a command, or null where there is nothing to send. */
export function createNotifyCallAcceptor(options: AcceptNotifyCallOptions) {
  const { logger } = options;

  return async function acceptNotifyCall(call: NotifyCall, receivedAt: number): Promise<Command | null> {
    const notifier = options.notifiers.find(({ name }) => name === call.notifier);
    if (notifier === undefined) return null;
    const origin = `notify.${notifier.name}`;
    const paused = options.pausedBecause(notifier);
    if (paused !== null) {
      logger.warning(`${origin} was called and nothing was sent: ${paused}`);
      return null;
    }
    const problem = problemWith(call);
    if (problem !== null) {
      logger.warning(`${origin} was called and nothing was sent: ${problem}`);
      return null;
    }
    const requestId = options.newRequestId();
    return await options.makeCommand({
      requestId,
      command: notifier.type === "sms" ? "send_message" : "make_call",
      origin,
      fingerprint: requestId,
      waitFor: notifier.type === "sms" ? "accepted" : "queued",
      receivedAt,
      timeoutMs: NOTIFY_TIMEOUT_MS,
      to: call.target,
      requestFor: (address) => requestFor(notifier, call, address),
    });
  };

  function requestFor(notifier: Notifier, { message, mediaUrls }: NotifyCall, address: string): SendRequest {
    const from = notifier.fromNumber;
    if (notifier.type === "call") {
      return { command: "make_call", to: address, from, instructions: instructions(message) };
    }
    // A WhatsApp sender reaches nothing but WhatsApp, so a plain number can only mean that.
    const to = from.startsWith("whatsapp:") && address.startsWith("+") ? `whatsapp:${address}` : address;
    return { command: "send_message", to, from, body: message, mediaUrls };
  }

  /** As Core's `twilio_call` reads a message: an address of TwiML, or text to be spoken. */
  function instructions(message: string): CallInstructions {
    if (/^https?:\/\//.test(message)) return { twimlUrl: message };
    return { say: message, language: options.language() };
  }
}

function problemWith(call: NotifyCall): string | null {
  if (call.target.length === 0) return "`target` is missing: at least one number or contact is needed.";
  if (call.target.length > MOST_RECIPIENTS) return `\`target\` names more than ${MOST_RECIPIENTS}.`;
  if (call.message.trim() === "" && call.mediaUrls.length === 0) return "`message` is empty.";
  return null;
}
