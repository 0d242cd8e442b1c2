import { canonicalJson } from "../domain/canonical-json.ts";
import type { Command } from "../domain/command.ts";
import type { EventData, OutgoingEvent } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";
import { refusalData } from "../domain/send-result.ts";
import { parseTwilioRequest } from "../domain/twilio-request.ts";
import type { MakeCommand } from "./make-command.ts";

export interface AcceptTwilioRequestOptions {
  readonly makeCommand: MakeCommand;
  /** The option `default_sender`; null: the account's only capable number. */
  readonly defaultSender: string | null;
  readonly report: (event: OutgoingEvent, at: number) => Promise<void>;
  readonly onReported: () => void;
  readonly newRequestId: () => string;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

/** The data of a heard `twilio_request` event becomes a command, or null where it is faulty and was answered so. */
export function createTwilioRequestAcceptor(options: AcceptTwilioRequestOptions) {
  return async function acceptTwilioRequest(data: EventData, receivedAt: number): Promise<Command | null> {
    const parsed = parseTwilioRequest(data);
    const id = parsed.ok ? parsed.request.requestId : parsed.requestId;
    const requestId = id ?? options.newRequestId();
    if (!parsed.ok) {
      options.logger.warning(`twilio_request: ${parsed.message}`);
      const refusal = refusalData(requestId, parsed.command, "invalid", parsed.message);
      await options.report({ type: "twilio_result", kind: null, data: refusal }, receivedAt);
      options.onReported();
      return null;
    }
    const { command, payload, message, timeoutMs, to } = parsed.request;
    return await options.makeCommand({
      requestId,
      command,
      origin: "twilio_request",
      fingerprint: options.hash(canonicalJson([command, payload])),
      receivedAt,
      timeoutMs,
      to,
      requestFor: (address) => ({
        command: "send_message",
        to: address,
        from: options.defaultSender,
        body: message,
        mediaUrls: [],
      }),
    });
  };
}
