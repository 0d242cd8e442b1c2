import type { StepResult } from "../../calls/step-result.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";

/** With what was entered, where a call asked for something. */
export interface RecipientResult extends Partial<StepResult> {
  readonly to: string;
  readonly sid: string | null;
  readonly status: string | null;
  readonly segments: number | null;
  readonly answered_by: string | null;
  readonly duration: number | null;
  readonly error: ReportedError | null;
}

/** How a send ended: what came of asking Twilio and, where more was waited for, what became of it. */
export interface DeliveryEnd {
  readonly outcome: DeliveryOutcome;
  readonly latestStatus: DeliveryStatus | null;
  /** Why what was waited for did not come; null where it did, or nothing was waited for. */
  readonly error: ReportedError | null;
  /** What was entered on a call that asked for something. */
  readonly gatheredInput?: StepResult;
  /** Of a call whose recording was waited for; null where there is none. */
  readonly recording?: TalkRecording | null;
}

/** The end of a send for which nothing more was waited for. */
export function deliveryEndOf(outcome: DeliveryOutcome): DeliveryEnd {
  return { outcome, latestStatus: null, error: null };
}

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

/** A recipient that was never asked for, because its number makes no sense. */
export function invalidRecipient(to: string, message: string): RecipientResult {
  return refusedRecipient(to, "invalid", message);
}

/** A recipient that was not asked for, because the day's limit is used up. */
export function limitReached({ to, command }: MessageOrCall, limit: number): RecipientResult {
  return refusedRecipient(to, "limit_reached", limitMessage(command, limit));
}

/** What the limits of a day count, in the plural. */
export const COUNTED: Readonly<Record<MessageOrCall["command"], "messages" | "calls">> = {
  send_message: "messages",
  make_call: "calls",
};

/** `limit`: the day's, of messages or of calls. */
export function limitMessage(command: MessageOrCall["command"], limit: number): string {
  const what = COUNTED[command];
  return `The limit of ${limit} ${what} in 24 hours is reached, so this was not sent. If you need more, raise limits.${what}_per_day in the app's options.`;
}

function refusedRecipient(to: string, code: string, message: string): RecipientResult {
  const error = { code, message, more_info: null };
  return { to, sid: null, status: null, segments: null, answered_by: null, duration: null, error };
}

/** The data of `twilio_result`: `ok` only if every recipient succeeded; a single one's fields also at the top. */
export function resultData(
  requestId: string,
  command: MessageOrCall["command"],
  recipients: readonly RecipientResult[],
): EventData & { readonly ok: boolean } {
  const error = recipients.find((recipient) => recipient.error !== null)?.error ?? null;
  const [only] = recipients.length === 1 ? recipients : [];
  return { ...only, request_id: requestId, command, ok: error === null, error, recipients };
}

/** The data of a `twilio_result` that says no before anybody was asked for. */
export function refusalData(requestId: string, command: string, code: string, message: string): EventData {
  const error = { code, message, more_info: null };
  return { request_id: requestId, command, ok: false, error, recipients: [] };
}
