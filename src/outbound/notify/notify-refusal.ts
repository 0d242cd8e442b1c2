import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { MAX_RECIPIENTS } from "../../domain/payload/payload-fields.ts";
import { HAS_CONTROL_CHARACTERS, hasControlCharacters } from "../../domain/text/control-characters.ts";
import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { Notifier } from "./notify-call.ts";
import type { NotifyCall } from "./notify-call.ts";
import { isTwimlAddress } from "./notify-call.ts";

/** Why the app sends nothing for a call of an action `notify.<name>`. */
export interface NotifyRefusal {
  readonly code: string;
  /** A sentence for the user that says what to change. */
  readonly message: string;
}

/**
 * Why the app sends nothing for a call of a notifier's action; null if it can send. `to`: the recipients of the call,
 * or the option `targets` of the notifier.
 */
export function notifyRefusal(
  { type }: Pick<Notifier, "type">,
  { message, mediaUrls }: NotifyCall,
  to: readonly unknown[],
): NotifyRefusal | null {
  if (to.length === 0) {
    return {
      code: "no_recipient",
      message:
        "`target` is missing, and the notifier has no `targets` in the app's options. Name at least one number or contact in either.",
    };
  }
  if (to.length > MAX_RECIPIENTS) {
    return {
      code: "invalid",
      message: `\`target\` names ${to.length} recipients; at most ${MAX_RECIPIENTS} are possible.`,
    };
  }
  if (message === null) return { code: "invalid", message: "`message` must be a text." };
  if (type === "call" && isTwimlAddress(message) && hasControlCharacters(message.trim())) {
    const begins = "`message` begins like the address of TwiML";
    return { code: "invalid", message: `${begins}, and that ${HAS_CONTROL_CHARACTERS}.` };
  }
  if (type === "sms" && mediaUrls.some((url) => hasControlCharacters(url.trim())))
    return { code: "invalid", message: `\`media_url\` ${HAS_CONTROL_CHARACTERS}.` };
  const hasMedia = type === "sms" && mediaUrls.length > 0;
  if (type === "sms" && message.length > MAX_TEXT_LENGTH) {
    return {
      code: "invalid",
      message: `\`message\` has ${message.length} characters; Twilio accepts at most ${MAX_TEXT_LENGTH}.`,
    };
  }
  if (!isOmitted(message) || hasMedia) return null;
  return {
    code: "empty_message",
    message: "`message` is empty. A `title` is not sent, so write the text into `message`.",
  };
}
