import type { InstructionWebhook } from "../../../calls/instruction.ts";
import type { WebhookFields } from "../../../domain/events/webhook.ts";
import type { TalkState } from "./talk-token.ts";

/** A request that Twilio has signed. */
export interface SignedFields {
  readonly fields: WebhookFields;
  readonly signature: string;
}

/** Combines the state in the URL of a webhook with its signed parameters. */
export function instructionWebhookOf(
  { call, step, attempt, terms, silentSince, turn, holds }: TalkState,
  { fields, signature }: SignedFields,
  now: number,
  answerBy: number | null,
): InstructionWebhook {
  return {
    callSid: fields["CallSid"] ?? "",
    // `new` is the first webhook of an outgoing call.
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
