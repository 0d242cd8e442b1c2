import type { MakeTalkCommand } from "../../calls/make-step.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { canonicalJson } from "../../domain/payload/canonical-json.ts";
import { isContinuedByAutomation } from "../commands/make-call.ts";
import { faultyRequestMessage, requestNames, parseRequest } from "../commands/parse-request.ts";
import type { TalkRequest, AutomationRequest } from "../commands/parse-request.ts";
import { parseSendAt } from "../commands/schedule.ts";
import type { ParsedSendAt } from "../commands/schedule.ts";
import type { SendMessagePayload } from "../commands/send-message.ts";
import { callOf, messageOf } from "../commands/to-message-or-call.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { MessageOrCall } from "../delivery/message-or-call.ts";
import { refusalData } from "../delivery/result.ts";
import type { CommandJournal, HomeAssistantState, RequestJournal } from "../ports.ts";
import { isPending } from "./is-pending.ts";
import type { MakeCommand } from "./make-command.ts";
import type { ResultReport } from "./report-result.ts";

export interface AcceptRequestEventOptions {
  readonly makeCommand: MakeCommand;
  readonly makeTalkCommand: MakeTalkCommand;
  readonly resolveRecipient: ResolveRecipient;
  /**
   * The option `default_sender`; null if it is empty. The only number of the account that can send is then the sender.
   */
  readonly defaultSender: string | null;
  /** The language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly homeAssistant: Pick<HomeAssistantState, "info">;
  readonly commands: Pick<CommandJournal, "findExisting">;
  readonly requests: Pick<RequestJournal, "pending">;
  readonly results: ResultReport;
  readonly newRequestId: () => string;
  readonly hash: (text: string) => string;
  readonly logger: Logger;
}

/**
 * Turns the data of a `twilio_request` event into a command (an accepted request). Null if the request was refused; the
 * automation then gets the reason, or the result of an earlier request with the same ID. `receivedAt`: in milliseconds
 * since 1970.
 */
export type AcceptRequestEvent = (data: EventData, receivedAt: number) => Promise<AnyCommand | null>;

type RequestFor = (address: string) => MessageOrCall;

interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The reason for the log. It quotes nothing that the automation wrote. */
  readonly logged: string;
}

function invalid(message: string, logged = message): Refusal {
  return { code: "invalid", message, logged };
}

/**
 * Makes the function that turns the data of a `twilio_request` event into a command. If the data are faulty, it refuses
 * the request with a `twilio_result`.
 */
export function createRequestEventAcceptor(options: AcceptRequestEventOptions): AcceptRequestEvent {
  const { defaultSender, homeAssistant, commands, results, newRequestId } = options;

  return async function acceptTwilioRequest(data, receivedAt) {
    try {
      return await accept(data, receivedAt);
    } catch (error) {
      const { requestId, command } = requestNames(data);
      const message = `The app failed, so nothing was sent: ${String(error)}`;
      const refusal = { code: "app_failed", message, logged: message };
      return await refuse(requestId ?? newRequestId(), command, refusal, receivedAt);
    }
  };

  async function accept(data: EventData, receivedAt: number): Promise<AnyCommand | null> {
    const parsed = parseRequest(data);
    const id = parsed.ok ? parsed.request.requestId : parsed.requestId;
    const requestId = id ?? newRequestId();
    if (!parsed.ok)
      return await refuse(requestId, parsed.command, invalid(parsed.message, parsed.logged), receivedAt);
    const { request } = parsed;
    const { command, timeoutMs, given } = request;
    const asked = {
      requestId,
      origin: "twilio_request",
      fingerprint: options.hash(canonicalJson([command, given])),
      receivedAt,
      timeoutMs,
    };
    if (request.command === "talk") {
      const talk = await options.makeTalkCommand(asked, request.payload);
      if (talk.ok) return talk.command;
      const refusal = invalid(faultyRequestMessage([talk.fault]), faultyRequestMessage([talk.logged]));
      return await refuse(requestId, command, refusal, receivedAt);
    }
    const requestFor = await requestOf(request, receivedAt);
    if (typeof requestFor !== "function") return await refuse(requestId, command, requestFor, receivedAt);
    return await options.makeCommand({
      ...asked,
      command: request.command,
      waitFor: waitFor(request),
      to: request.payload.to,
      field: "to",
      requestFor,
      isDefaultSender: request.payload.sender === undefined,
    });
  }

  /** Returns a function that makes the message or call to each recipient, or why the request is refused. */
  async function requestOf(
    request: Exclude<AutomationRequest, TalkRequest>,
    now: number,
  ): Promise<RequestFor | Refusal> {
    if (request.command === "make_call") {
      const { payload } = request;
      const connect = payload.connect_to === undefined ? null : await numberOf(payload.connect_to);
      if (connect?.ok === false)
        return invalid(
          faultyRequestMessage([`payload.connect_to: ${connect.reason}`]),
          faultyRequestMessage([`payload.connect_to: ${connect.fault}`]),
        );
      const number = connect?.address ?? null;
      return (address) => callOf(payload, address, defaultSender, options.language(), number);
    }
    const { payload } = request;
    const at = payload.send_at === undefined ? null : scheduled(payload, payload.send_at, now);
    if (at?.ok === false) return invalid(faultyRequestMessage([`payload.send_at: ${at.fault}`]));
    return (address) => messageOf(payload, address, defaultSender, at?.iso ?? null);
  }

  async function numberOf(target: unknown): ReturnType<ResolveRecipient> {
    const resolved = await options.resolveRecipient(target, false);
    if (!resolved.ok || /^\+\d+$/.test(resolved.address)) return resolved;
    const reason = "must be a telephone number: other addresses cannot be called";
    return { ok: false, reason, fault: reason };
  }

  /**
   * Reads the time of a scheduled message. Refuses the message unless its sender is a Messaging Service, because Twilio
   * schedules no messages of other senders.
   */
  function scheduled({ sender }: SendMessagePayload, text: string, now: number): ParsedSendAt {
    const at = parseSendAt(text, now, homeAssistant.info?.timeZone ?? "UTC");
    if (!at.ok || /^MG[0-9a-f]{32}$/i.test(sender ?? defaultSender ?? "")) return at;
    return {
      ok: false,
      fault: "needs a Messaging Service (MG…) as sender, because Twilio schedules no others",
    };
  }

  /** The status that the automation waits for. If automations continue the call, it is at least `answered`. */
  function waitFor({ command, payload }: Exclude<AutomationRequest, TalkRequest>): WaitFor {
    const isTalk = command === "make_call" && isContinuedByAutomation(payload);
    return isTalk && payload.wait_for === "queued" ? "answered" : payload.wait_for;
  }

  async function refuse(
    requestId: string,
    command: string,
    { code, message, logged }: Refusal,
    at: number,
  ): Promise<null> {
    const known = commands.findExisting(requestId);
    // An earlier request with this ID is still running, so do not report that nothing was sent. Its repetition may be
    // refused, for example because `send_at` is too near by now.
    if (known !== null && known.result === null) return null;
    if (code === "app_failed" && isPending(options.requests, requestId, at)) return null;
    if (known === null) options.logger.warning(`twilio_request: ${logged}`);
    const data = known?.result ?? refusalData(requestId, command, code, message);
    await results.report(data, at);
    return null;
  }
}
