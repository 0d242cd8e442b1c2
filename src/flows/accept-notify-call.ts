import type { Command, Send } from "../domain/command.ts";
import type { Logger } from "../domain/logger.ts";
import type { Notifier } from "../domain/notifier.ts";
import type { NotifyCall } from "../domain/notify-call.ts";
import type { CallInstructions, SendRequest } from "../domain/send-request.ts";
import { invalidRecipient } from "../domain/send-result.ts";

/** `notify` has no timeout of its own; nothing is sent later than this after it was asked for, in milliseconds. */
const NOTIFY_TIMEOUT_MS = 600_000;

export type Recipient =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly reason: string };

export interface AcceptNotifyCallOptions {
  readonly notifiers: readonly Notifier[];
  /** Why the notifier must not send now (Core's own platform would send too), or null. */
  readonly pausedBecause: (notifier: Notifier) => string | null;
  readonly resolveRecipient: (target: unknown) => Promise<Recipient>;
  /** Language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly newRequestId: () => string;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * First half of the outbound story: a heard `notify.<name>` becomes a command, or null where there is nothing to
 * send. A faulty target becomes a result of its own and never stops the others.
 */
export function createNotifyCallAcceptor(options: AcceptNotifyCallOptions) {
  const { logger } = options;

  return async function acceptNotifyCall(call: NotifyCall): Promise<Command | null> {
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

    const sends = await Promise.all(
      call.target.map((target, position) => send(notifier, call, target, position)),
    );
    const receivedAt = options.now();
    return {
      requestId: options.newRequestId(),
      command: notifier.type === "sms" ? "send_message" : "make_call",
      origin,
      receivedAt,
      deadline: receivedAt + NOTIFY_TIMEOUT_MS,
      sends,
    };
  };

  async function send(
    notifier: Notifier,
    call: NotifyCall,
    target: unknown,
    position: number,
  ): Promise<Send> {
    const recipient = await options.resolveRecipient(target);
    if (recipient.ok) {
      const request = requestFor(notifier, call, recipient.address);
      return { position, request, state: "waiting", result: null };
    }
    logger.warning(`notify.${notifier.name}: target ${position + 1} is left out: ${recipient.reason}`);
    const result = invalidRecipient(String(target), recipient.reason);
    return { position, request: null, state: "done", result };
  }

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
  if (call.message.trim() === "" && call.mediaUrls.length === 0) return "`message` is empty.";
  return null;
}
