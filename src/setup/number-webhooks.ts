import type { ReportedError } from "../domain/reported-error.ts";
import { retryFragment } from "../inbound/retry-fragment.ts";

/** The webhook settings of a number at Twilio. A setting that is not set is an empty text. */
export interface NumberSettings {
  readonly smsUrl: string;
  readonly smsMethod: string;
  readonly smsFallbackUrl: string;
  readonly smsFallbackMethod: string;
  readonly voiceUrl: string;
  readonly voiceMethod: string;
  readonly voiceFallbackUrl: string;
  readonly voiceFallbackMethod: string;
  readonly statusCallback: string;
  readonly statusCallbackMethod: string;
  /** The SID of a TwiML App for messages. If it is set, Twilio uses the TwiML App instead of the webhook URLs above. */
  readonly smsApplicationSid: string;
  readonly voiceApplicationSid: string;
}

/** A number of the account, with its settings at Twilio. */
export interface NumberWebhooks {
  /** The SID of the number (`PN…`). */
  readonly sid: string;
  readonly number: string;
  /** Whether the number can send and receive messages. `calls` says the same about calls. */
  readonly messages: boolean;
  readonly calls: boolean;
  readonly settings: NumberSettings;
  /** Whether a SIP trunk receives the number's calls. Twilio then ignores the webhook URL for calls. */
  readonly hasTrunk: boolean;
  /**
   * The name of the Messaging Service that receives the number's messages. Null for none, and if Twilio does not return
   * the services. With such a service, Twilio ignores the webhook URL for messages.
   */
  readonly service: string | null;
}

/**
 * Where Twilio sends a number's messages or calls.
 *
 * - `ours`: to this app
 * - `other`: to another URL or TwiML App
 * - `empty`: to nobody
 * - `unable`: the number does not support them
 * - `overruled`: to a Messaging Service or SIP trunk
 */
export type NumberUse = "ours" | "other" | "empty" | "unable" | "overruled";

export interface NumberState {
  readonly messages: NumberUse;
  readonly calls: NumberUse;
}

/**
 * The end of a webhook's URL that makes Twilio repeat the webhook after a timeout or a 5xx response, too. By default,
 * Twilio repeats a webhook only after a failed connection.
 */
const RETRY_OPTIONS = "#rc=2&rp=ct,rt,5xx";

/** The settings with which Twilio sends a number's messages and calls to the app. `base`: the app's public address. */
export function settingsFor(base: string): NumberSettings {
  const webhook = `${base}/webhook`;
  const retryOptions = retryFragment(base, RETRY_OPTIONS);
  return {
    smsUrl: `${webhook}${retryOptions}`,
    smsMethod: "POST",
    smsFallbackUrl: webhook,
    smsFallbackMethod: "POST",
    voiceUrl: `${webhook}${retryOptions}`,
    voiceMethod: "POST",
    // After an error response, for example from a proxy, Twilio requests the fallback URL. The fallback URL is the
    // webhook URL itself, because the second request may succeed.
    voiceFallbackUrl: webhook,
    voiceFallbackMethod: "POST",
    statusCallback: `${base}/status/call${retryOptions}`,
    statusCallbackMethod: "POST",
    smsApplicationSid: "",
    voiceApplicationSid: "",
  };
}

/**
 * Says where Twilio sends a number's messages and calls. `bases`: the public addresses of the app and of its webhook
 * relay.
 */
export function numberState(number: NumberWebhooks, bases: readonly string[]): NumberState {
  const { settings, messages, calls, hasTrunk, service } = number;
  return {
    messages: use(messages, service !== null, settings.smsApplicationSid, settings.smsUrl, bases),
    calls: use(calls, hasTrunk, settings.voiceApplicationSid, settings.voiceUrl, bases),
  };
}

function use(
  isAble: boolean,
  isOverruled: boolean,
  application: string,
  url: string,
  bases: readonly string[],
): NumberUse {
  if (!isAble) return "unable";
  if (isOverruled) return "overruled";
  if (application !== "") return "other";
  if (url === "") return "empty";
  return isWebhookOf(bases, url) ? "ours" : "other";
}

/**
 * Whether a webhook URL at Twilio belongs to the app. `bases`: the public addresses of the app and of its webhook
 * relay.
 */
export function isWebhookOf(bases: readonly string[], url: string): boolean {
  const [address] = url.split(/[?#]/);
  return bases.some((base) => address === `${base}/webhook` || address === `${base}/webhook/`);
}

/** How the app could change the settings of a number. The page shows this to the user first. */
export interface NumberPlan {
  readonly number: NumberWebhooks;
  /**
   * The settings that the app would enter. Null if the number already has them, or if the app knows no public address.
   */
  readonly newSettings: NumberSettings | null;
  /**
   * The settings that the number had before the app changed them. Null if the app does not know them, or if the number
   * has them again.
   */
  readonly previousSettings: NumberSettings | null;
  /**
   * A hash of the number's present settings, Messaging Service and trunk. If the hash has changed since the user saw
   * the plan, the app changes nothing.
   */
  readonly snapshotHash: string;
}

export type PlanResult =
  | { readonly kind: "found"; readonly plan: NumberPlan }
  | { readonly kind: "absent" }
  /** Twilio does not let these credentials read the numbers. */
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

export type ChangeResult =
  | { readonly kind: "done" }
  /** Nothing was written, because the settings are not those that the user saw, or need no change. */
  | { readonly kind: "changed" }
  /** Nothing was written, because a TwiML App for calls would remove the number from its SIP trunk. */
  | { readonly kind: "on_trunk" }
  | { readonly kind: "failed"; readonly error: ReportedError }
  | Exclude<PlanResult, { kind: "found" }>;
