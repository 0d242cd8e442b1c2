import type { EventData } from "./inbound-event.ts";
import type { SendOutcome, SendRequest } from "./send-request.ts";
import type { ReportedError } from "./twilio-error.ts";

export interface RecipientResult {
  readonly to: string;
  readonly sid: string | null;
  readonly status: string | null;
  readonly segments: number | null;
  readonly answered_by: string | null;
  readonly duration: number | null;
  readonly error: ReportedError | null;
}

export function recipientResult(to: string, outcome: SendOutcome): RecipientResult {
  const empty = { to, sid: null, status: null, segments: null, answered_by: null, duration: null };
  return outcome.kind === "accepted"
    ? { ...empty, sid: outcome.sid, status: outcome.status, segments: outcome.segments, error: null }
    : { ...empty, error: outcome.error };
}

/** A recipient that was never asked for, because its number makes no sense. */
export function invalidRecipient(to: string, message: string): RecipientResult {
  const error = { code: "invalid", message, more_info: null };
  return { to, sid: null, status: null, segments: null, answered_by: null, duration: null, error };
}

/** The data of `twilio_result`: `ok` only if every recipient succeeded; a single one's fields also at the top. */
export function resultData(
  requestId: string,
  command: SendRequest["command"],
  recipients: readonly RecipientResult[],
): EventData & { readonly ok: boolean } {
  const error = recipients.find((recipient) => recipient.error !== null)?.error ?? null;
  const [only] = recipients.length === 1 ? recipients : [];
  return { ...only, request_id: requestId, command, ok: error === null, error, recipients };
}
