import { deliveryStatusOf } from "./delivery-status.ts";
import type { ReportedStatus } from "./delivery-status.ts";
import { messageStatus } from "./webhook.ts";
import type { WebhookFields } from "./webhook.ts";

/** Reads the status of a message or call from the fields of a status callback. */
export function statusOfFields(fields: WebhookFields): ReportedStatus {
  return deliveryStatusOf({
    status: fields["CallStatus"] || (messageStatus(fields) ?? null),
    errorCode: fields["ErrorCode"],
    errorMessage: fields["ErrorMessage"],
    answeredBy: fields["AnsweredBy"],
    duration: fields["CallDuration"],
  });
}
