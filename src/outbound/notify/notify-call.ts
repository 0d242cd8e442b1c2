import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { isTextLike, pythonText } from "../../domain/payload/python-text.ts";

/** A call of an action `notify.<name>`, as the automation made it. Templates may have turned texts into numbers. */
export interface NotifyCall {
  /** The name of the action without `notify.`. */
  readonly notifier: string;
  /**
   * The text to send. If Home Assistant turned the result of a template into another type (such as the text `5` into a
   * number), this is the text again. Empty if the action's field `message` is missing. Null if the field has a list or
   * mapping that no template made from a text.
   */
  readonly message: string | null;
  /** The recipients: numbers or contact names. Empty if the automation named none. */
  readonly target: readonly unknown[];
  readonly mediaUrls: readonly string[];
}

/**
 * Reads `service_data` of a `call_service` event as Core's `twilio_sms` and `twilio_call` do. `target` and
 * `data.media_url` may be one value or a list. Other fields are ignored.
 *
 * @param rendered the text of the template, if Home Assistant turned this text (`21,5`) into a list or mapping. Core
 * sends the text, so the app does, too
 */
export function parseNotifyCall(
  notifier: string,
  serviceData: Readonly<Record<string, unknown>>,
  rendered: string | null = null,
): NotifyCall {
  const { message, target, data } = serviceData;
  const mediaUrl =
    typeof data === "object" && data !== null ? (data as Record<string, unknown>)["media_url"] : null;
  return {
    notifier,
    message: messageText(message, rendered),
    target: listOf(target),
    mediaUrls: listOf(mediaUrl).map(String),
  };
}

/** Whether a message is the URL of TwiML, and not a text to speak. Core's `twilio_call` decides in the same way. */
export function isTwimlAddress(message: string): boolean {
  return /^https?:\/\//.test(message);
}

function messageText(message: unknown, rendered: string | null): string | null {
  if (message === undefined || message === null) return "";
  return isTextLike(message) ? pythonText(message) : rendered;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value.flat() : [value]).filter((one) => !isOmitted(one));
}

/** The beginning of an action's name. */
const DOMAIN = "notify.";

/** The name of a notifier's action, which is the `origin` of its commands. */
export function originOf({ name }: Pick<Notifier, "name">): string {
  return `${DOMAIN}${name}`;
}

/** Whether a command (an accepted request) comes from a notifier. */
export function isOfNotifier({ origin }: { readonly origin: string }): boolean {
  return origin.startsWith(DOMAIN);
}

/** A `notify.<name>` action that the app answers. */
export interface Notifier {
  readonly name: string;
  readonly type: "sms" | "call";
  readonly fromNumber: string;
  /**
   * Whether the notifier works while Core's own Twilio platform is loaded. The user switches this option on if the
   * action of Core's platform has another name.
   */
  readonly besideCore: boolean;
  /** The recipients if a call of the action has no `target`: numbers and contacts, as the user entered them. */
  readonly targets: readonly string[];
}
