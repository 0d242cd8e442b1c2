import type { InstructionWebhook } from "../../../calls/instruction.ts";
import type { VerifiedRequest } from "../verify/verify-request.ts";
import type { TalkState } from "./talk-token.ts";

/** What Twilio asks by a request to an address of ours, or by one about an error there. */
export function instructionWebhookOf(
  { call, step, attempt, terms, silentSince, turn }: TalkState,
  { fields, signature }: Pick<VerifiedRequest, "fields" | "signature">,
  now: number,
): InstructionWebhook {
  return {
    callSid: fields["CallSid"] ?? "",
    // `new`: the call has only been answered.
    stepId: step === "hold" || call === "new" ? null : step,
    attempt,
    terms,
    silentSince: silentSince ?? now,
    turn,
    key: signature,
    fields,
  };
}
