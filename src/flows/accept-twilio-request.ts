import { canonicalJson } from "../domain/canonical-json.ts";
import type { Command } from "../domain/command.ts";
import type { EventData, OutgoingEvent } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";
import { callOf, messageOf } from "../domain/request-of-payload.ts";
import { parseSendAt } from "../domain/send-at.ts";
import type { SendAt } from "../domain/send-at.ts";
import type { SendMessagePayload } from "../domain/send-message-payload.ts";
import type { SendRequest } from "../domain/send-request.ts";
import { refusalData } from "../domain/send-result.ts";
import { faultyRequest, parseTwilioRequest } from "../domain/twilio-request.ts";
import type { TwilioRequest } from "../domain/twilio-request.ts";
import type { MakeCommand } from "./make-command.ts";

export interface AcceptTwilioRequestOptions {
  readonly makeCommand: MakeCommand;
  /** The option `default_sender`; null: the account's only capable number. */
  readonly defaultSender: string | null;
  /** Language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  /** Home Assistant's, such as `Europe/Berlin`. */
  readonly timeZone: () => string;
  /** What is kept of an id: its result, or null while it runs. Null for an id that is not known. */
  readonly known: (requestId: string) => { readonly result: EventData | null } | null;
  readonly report: (event: OutgoingEvent, at: number) => Promise<void>;
  readonly onReported: () => void;
  readonly newRequestId: () => string;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

type RequestFor = (address: string) => SendRequest;

/** The data of a heard `twilio_request` event becomes a command, or null where it is faulty and was answered so. */
export function createTwilioRequestAcceptor(options: AcceptTwilioRequestOptions) {
  const { defaultSender } = options;

  return async function acceptTwilioRequest(data: EventData, receivedAt: number): Promise<Command | null> {
    const parsed = parseTwilioRequest(data);
    const id = parsed.ok ? parsed.request.requestId : parsed.requestId;
    const requestId = id ?? options.newRequestId();
    if (!parsed.ok) return await refuse(requestId, parsed.command, parsed.message, receivedAt);
    const { request } = parsed;
    const { command, payload, timeoutMs, given } = request;
    const requestFor = requestOf(request, receivedAt);
    if (typeof requestFor === "string") return await refuse(requestId, command, requestFor, receivedAt);
    return await options.makeCommand({
      requestId,
      command,
      origin: "twilio_request",
      fingerprint: options.hash(canonicalJson([command, given])),
      waitFor: payload.wait_for,
      receivedAt,
      timeoutMs,
      to: payload.to,
      requestFor,
    });
  };

  /** How to make the request to each recipient, or why it cannot be made. */
  function requestOf(request: TwilioRequest, now: number): RequestFor | string {
    if (request.command === "make_call") {
      const { payload } = request;
      return (address) => callOf(payload, address, defaultSender, options.language());
    }
    const { payload } = request;
    const at = payload.send_at === undefined ? null : scheduled(payload, payload.send_at, now);
    if (at?.ok === false) return faultyRequest([`payload.send_at: ${at.fault}`]);
    return (address) => messageOf(payload, address, defaultSender, at?.iso ?? null);
  }

  /** Twilio schedules only what a Messaging Service sends. */
  function scheduled({ sender }: SendMessagePayload, text: string, now: number): SendAt {
    const at = parseSendAt(text, now, options.timeZone());
    if (!at.ok || /^MG[0-9a-f]{32}$/i.test(sender ?? defaultSender ?? "")) return at;
    return { ok: false, fault: "needs a Messaging Service (MG…) as sender: Twilio schedules nothing else" };
  }

  async function refuse(requestId: string, command: string, message: string, at: number): Promise<null> {
    const known = options.known(requestId);
    // Repeated when it is no longer right, such as shortly before it is to be sent: nobody is told that it was not sent.
    if (known !== null && known.result === null) return null;
    if (known === null) options.logger.warning(`twilio_request: ${message}`);
    const data = known?.result ?? refusalData(requestId, command, "invalid", message);
    await options.report({ type: "twilio_result", kind: null, data }, at);
    options.onReported();
    return null;
  }
}
