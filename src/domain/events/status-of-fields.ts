import { sendStatus } from "./send-status.ts";
import type { ReportedStatus } from "./send-status.ts";
import { messageStatus } from "./webhook.ts";
import type { WebhookFields } from "./webhook.ts";

/** What a status callback says. */
export function statusOfFields(fields: WebhookFields): ReportedStatus {
  return sendStatus({
    status: fields["CallStatus"] || (messageStatus(fields) ?? null),
    errorCode: fields["ErrorCode"],
    errorMessage: fields["ErrorMessage"],
    answeredBy: fields["AnsweredBy"],
    duration: fields["CallDuration"],
  });
}
