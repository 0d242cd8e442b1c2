import type { InstructionWebhook } from "../../../calls/instruction.ts";
import { instructionWebhookOf } from "./instruction-webhook.ts";
import type { SignedFields } from "./instruction-webhook.ts";
import type { TalkAddresses } from "./talk-addresses.ts";

/**
 * Finds the webhook that failed before Twilio used the number's fallback URL, by the parameter `ErrorUrl`. The app can
 * then repeat its instruction to Twilio. Returns null if `ErrorUrl` is not a URL that the app made for this call.
 *
 * @param bases the public addresses at which Twilio reaches the app
 */
export function failedInstructionWebhook(
  request: SignedFields,
  bases: readonly string[],
  addresses: Pick<TalkAddresses, "read">,
  now: number,
  answerBy: number | null,
): InstructionWebhook | null {
  const { ErrorUrl: url = "", CallSid: callSid } = request.fields;
  const base = bases.find((one) => url.startsWith(`${one}/`));
  if (base === undefined) return null;
  const [target = ""] = url.slice(base.length).split("#", 1);
  const read = addresses.read(target);
  if (read.kind !== "ours" || read.state.call !== callSid) return null;
  return instructionWebhookOf(read.state, request, now, answerBy);
}
