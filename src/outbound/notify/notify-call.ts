import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { isTextLike, pythonText } from "../../domain/payload/python-text.ts";

/** A heard `notify.<name>`, its data as the caller sent it: templates turn numbers into ints. */
export interface NotifyCall {
  /** Without `notify.`. */
  readonly notifier: string;
  /** Null where it is neither a text nor what a template made of one. */
  readonly message: string | null;
  /** Numbers or contact names; empty where there is none. */
  readonly target: readonly unknown[];
  readonly mediaUrls: readonly string[];
}

/**
 * Reads the raw `service_data` of a `call_service` event as Core's `twilio_sms` and `twilio_call` do: `target` is one
 * or a list, `data.media_url` likewise, everything else is ignored. `rendered` is what a template gave, where Home
 * Assistant has made a list or a mapping of it, such as of `21,5`: Core sends that text.
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

/** Core's `twilio_call` takes such a message for the address of TwiML, every other for a text to be spoken. */
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

/** Before a notifier's name, where its action is meant. */
const DOMAIN = "notify.";

/** What a notifier's action is called; it stands as `origin` in its commands. */
export function originOf({ name }: Pick<Notifier, "name">): string {
  return `${DOMAIN}${name}`;
}

/** Whether a notifier's action asked for a command. */
export function isOfNotifier({ origin }: { readonly origin: string }): boolean {
  return origin.startsWith(DOMAIN);
}

/** A `notify.<name>` action that the app answers. */
export interface Notifier {
  readonly name: string;
  readonly type: "sms" | "call";
  readonly fromNumber: string;
  /** The user says that the name is not Core's although Core's platform is loaded. */
  readonly besideCore: boolean;
  /** Numbers and contacts that a call without `target` means, as they were entered. */
  readonly targets: readonly string[];
}
