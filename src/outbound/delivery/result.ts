import type { StepResult } from "../../calls/step-result.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";

/** The result of one delivery, in the form of `twilio_result`. A call with a first step also has the fields of a step. */
export interface RecipientResult extends Partial<StepResult> {
  readonly to: string;
  readonly sid: string | null;
  readonly status: string | null;
  readonly segments: number | null;
  readonly answered_by: string | null;
  readonly duration: number | null;
  readonly error: ReportedError | null;
}

/** The end of a delivery: Twilio's answer, and the later status if one was waited for. */
export interface DeliveryEnd {
  readonly outcome: DeliveryOutcome;
  readonly latestStatus: DeliveryStatus | null;
  /** Why the status was not reached; null if it was reached, or if none was waited for. */
  readonly error: ReportedError | null;
  /** The input on a call with a first step. */
  readonly gatheredInput?: StepResult;
  /** The recording, if it was waited for; null if there is none. */
  readonly recording?: TalkRecording | null;
}

/** The end of a delivery without a wait for a later status. */
export function deliveryEndOf(outcome: DeliveryOutcome): DeliveryEnd {
  return { outcome, latestStatus: null, error: null };
}

/**
 * The result of a delivery to one recipient. An outcome other than `accepted` has no SID of Twilio's and no status.
 */
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

/** The result of a delivery that exceeds the daily limit. */
export function limitReached({ to, command }: MessageOrCall, limit: number): RecipientResult {
  return refusedRecipient(to, "limit_reached", limitMessage(command, limit));
}

/** What the daily limits count, in the plural. */
export const COUNTED: Readonly<Record<MessageOrCall["command"], "messages" | "calls">> = {
  send_message: "messages",
  make_call: "calls",
};

/** The error message at the daily limit. `limit`: the number of messages or calls in 24 hours. */
export function limitMessage(command: MessageOrCall["command"], limit: number): string {
  const what = COUNTED[command];
  return `The limit of ${limit} ${what} in 24 hours is reached, so this was not sent. If you need more, raise limits.${what}_per_day in the app's options.`;
}

function refusedRecipient(to: string, code: string, message: string): RecipientResult {
  const error = { code, message, more_info: null };
  return { to, sid: null, status: null, segments: null, answered_by: null, duration: null, error };
}

/** The data of `twilio_result`: `ok` is true only if every recipient succeeded. If there is one recipient, the top level repeats its fields. */
export function resultData(
  requestId: string,
  command: MessageOrCall["command"],
  recipients: readonly RecipientResult[],
): EventData & { readonly ok: boolean } {
  const error = recipients.find((recipient) => recipient.error !== null)?.error ?? null;
  const [only] = recipients.length === 1 ? recipients : [];
  return { ...only, request_id: requestId, command, ok: error === null, error, recipients };
}

/** The data of a `twilio_result` for a request that was refused as a whole. */
export function refusalData(requestId: string, command: string, code: string, message: string): EventData {
  const error = { code, message, more_info: null };
  return { request_id: requestId, command, ok: false, error, recipients: [] };
}
