import { isLeftOut } from "../../domain/payload/is-left-out.ts";
import { MOST_RECIPIENTS } from "../../domain/payload/payload-fields.ts";
import { HAS_CONTROL_CHARACTERS, hasControlCharacters } from "../../domain/text/control-characters.ts";
import { LONGEST_TEXT } from "../../domain/text/longest-text.ts";
import type { Notifier } from "./notify-call.ts";
import type { NotifyCall } from "./notify-call.ts";
import { isTwimlAddress } from "./notify-call.ts";

/** Why a call of a notifier sends nothing to anybody. */
export interface NotifyRefusal {
  readonly code: string;
  /** A sentence that says what to change. */
  readonly message: string;
}

/** Null where there is something to send. `to`: whom the call means, by itself or by the notifier's `targets`. */
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
  if (to.length > MOST_RECIPIENTS) {
    return {
      code: "invalid",
      message: `\`target\` names ${to.length} recipients; there may be ${MOST_RECIPIENTS}.`,
    };
  }
  if (message === null) return { code: "invalid", message: "`message` must be a text." };
  if (type === "call" && isTwimlAddress(message) && hasControlCharacters(message.trim())) {
    const begins = "`message` begins as the address of TwiML does";
    return { code: "invalid", message: `${begins}, and that ${HAS_CONTROL_CHARACTERS}.` };
  }
  if (type === "sms" && mediaUrls.some((url) => hasControlCharacters(url.trim())))
    return { code: "invalid", message: `\`media_url\` ${HAS_CONTROL_CHARACTERS}.` };
  const hasMedia = type === "sms" && mediaUrls.length > 0;
  if (type === "sms" && message.length > LONGEST_TEXT) {
    return {
      code: "invalid",
      message: `\`message\` has ${message.length} characters; Twilio takes at most ${LONGEST_TEXT}.`,
    };
  }
  if (!isLeftOut(message) || hasMedia) return null;
  return {
    code: "empty_message",
    message: "`message` is empty. A `title` is not sent: write into `message` what is to be sent.",
  };
}
