import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { isTextLike, pythonText } from "../../domain/payload/python-text.ts";

/** A call of `notify.<name>` with the data of the automation. Templates may have turned texts into numbers. */
export interface NotifyCall {
  /** The name without `notify.`. */
  readonly notifier: string;
  /** Null if it is neither a text nor a value that a template made from a text. */
  readonly message: string | null;
  /** Numbers or contact names; empty if there is none. */
  readonly target: readonly unknown[];
  readonly mediaUrls: readonly string[];
}

/**
 * Reads the raw `service_data` of a `call_service` event as Core's `twilio_sms` and `twilio_call` do. `target` and
 * `data.media_url` are one value or a list; other fields are ignored.
 *
 * @param rendered the template's text, if Home Assistant turned it into a list or mapping (`21,5`); Core sends the text
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

/** Whether Core's `twilio_call` reads a message as the URL of TwiML, and not as a text to be spoken. */
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

/** The prefix of an action's name. */
const DOMAIN = "notify.";

/** The name of a notifier's action, which is the `origin` of its commands. */
export function originOf({ name }: Pick<Notifier, "name">): string {
  return `${DOMAIN}${name}`;
}

/** Whether a command comes from a notifier. */
export function isOfNotifier({ origin }: { readonly origin: string }): boolean {
  return origin.startsWith(DOMAIN);
}

/** A `notify.<name>` action that the app answers. */
export interface Notifier {
  readonly name: string;
  readonly type: "sms" | "call";
  readonly fromNumber: string;
  /** Whether the notifier works although Core's platform is loaded, because Core's has another name. */
  readonly besideCore: boolean;
  /** The recipients of a call without `target`: numbers and contacts, as the user entered them. */
  readonly targets: readonly string[];
}
