import type { InstructionWebhook } from "../../../calls/instruction.ts";
import type { WebhookFields } from "../../../domain/events/webhook.ts";
import type { TalkState } from "./talk-token.ts";

/** The fields and the valid signature of a request by Twilio. */
export interface SignedFields {
  readonly fields: WebhookFields;
  readonly signature: string;
}

/** Combines the state in the URL of a webhook with the webhook's signed fields. */
export function instructionWebhookOf(
  { call, step, attempt, terms, silentSince, turn, holds }: TalkState,
  { fields, signature }: SignedFields,
  now: number,
  answerBy: number | null,
): InstructionWebhook {
  return {
    callSid: fields["CallSid"] ?? "",
    // In an outgoing call's first webhook (`new`), `step` is the secret ID of the call's delivery and not the ID of a
    // step.
    stepId: step === "hold" || call === "new" ? null : step,
    attempt,
    terms,
    silentSince: silentSince ?? now,
    turn,
    holds,
    key: signature,
    answerBy,
    fields,
  };
}
