import type { StepResult } from "../../calls/step-result.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";

/**
 * The result of a delivery (one message or call to one recipient), in the form of `twilio_result`. For a call with a
 * first step (what the app says and asks), it also has the fields of that step's result.
 */
export interface RecipientResult extends Partial<StepResult> {
  readonly to: string;
  readonly sid: string | null;
  readonly status: string | null;
  readonly segments: number | null;
  readonly answered_by: string | null;
  readonly duration: number | null;
  readonly error: ReportedError | null;
}

/** Twilio's answer to a delivery, and its later status if the automation waited for one. */
export interface DeliveryEnd {
  readonly outcome: DeliveryOutcome;
  readonly latestStatus: DeliveryStatus | null;
  /**
   * Why a delivery that Twilio accepted did not get the status for which the automation waited. Null if it did, if the
   * automation did not wait, or if Twilio did not accept the delivery.
   */
  readonly error: ReportedError | null;
  /** The result of the call's first step, if it has one. */
  readonly gatheredInput?: StepResult;
  /** The recording, if the automation waited for one; null if Twilio has none. */
  readonly recording?: TalkRecording | null;
}

/** Ends a delivery with Twilio's answer, without waiting for a later status. */
export function deliveryEndOf(outcome: DeliveryOutcome): DeliveryEnd {
  return { outcome, latestStatus: null, error: null };
}

/** The result of a delivery to the recipient `to`. `sid` and `status` are null if Twilio did not accept it. */
export function recipientResult(
  to: string,
  { outcome, latestStatus, error, gatheredInput, recording }: DeliveryEnd,
): RecipientResult {
  const recorded = recording === undefined ? {} : { recording };
  const empty = {
    to,
    sid: null,
    status: null,
    segments: null,
    answered_by: null,
    duration: null,
    ...recorded,
  };
  if (outcome.kind !== "accepted") return { ...empty, error: outcome.error };
  return {
    to,
    sid: outcome.sid,
    status: latestStatus?.status ?? outcome.status,
    segments: outcome.segments,
    answered_by: latestStatus?.answeredBy ?? null,
    duration: latestStatus?.duration ?? null,
    ...recorded,
    ...gatheredInput,
    error,
  };
}

/** The result of a delivery whose recipient is neither a valid number nor a contact. */
export function invalidRecipient(to: string, message: string): RecipientResult {
  return refusedRecipient(to, "invalid", message);
}

/**
 * The result of a delivery that the app did not send because of its daily limit. `limit`: how many messages or calls
 * the app allows in 24 hours.
 */
export function limitReached({ to, command }: MessageOrCall, limit: number): RecipientResult {
  return refusedRecipient(to, "limit_reached", limitMessage(command, limit));
}

/** The plural noun for texts about the daily limit of each command. */
export const COUNTED: Readonly<Record<MessageOrCall["command"], "messages" | "calls">> = {
  send_message: "messages",
  make_call: "calls",
};

/** The part of the error's sentence that says that nothing was sent. */
const NOT_DONE: Readonly<Record<MessageOrCall["command"], string>> = {
  send_message: "this message was not sent",
  make_call: "this call was not made",
};

/** The error message at the daily limit. `limit`: how many messages or calls the app allows in 24 hours. */
export function limitMessage(command: MessageOrCall["command"], limit: number): string {
  const what = COUNTED[command];
  return `The limit of ${limit} ${what} in 24 hours is reached, so ${NOT_DONE[command]}. If you need more, raise limits.${what}_per_day in the app's options.`;
}

function refusedRecipient(to: string, code: string, message: string): RecipientResult {
  const error = { code, message, more_info: null };
  return { to, sid: null, status: null, segments: null, answered_by: null, duration: null, error };
}

/**
 * The data of `twilio_result`. `ok` is true only if the deliveries to all recipients succeeded. If a request has only
 * one recipient, the top level repeats the fields of this recipient.
 */
export function resultData(
  requestId: string,
  command: MessageOrCall["command"],
  recipients: readonly RecipientResult[],
): EventData & { readonly ok: boolean } {
  const error = recipients.find((recipient) => recipient.error !== null)?.error ?? null;
  const [only] = recipients.length === 1 ? recipients : [];
  return { ...only, request_id: requestId, command, ok: error === null, error, recipients };
}

/** The data of `twilio_result` for a request that the app refused as a whole. */
export function refusalData(requestId: string, command: string, code: string, message: string): EventData {
  const error = { code, message, more_info: null };
  return { request_id: requestId, command, ok: false, error, recipients: [] };
}
