import type { ReportedError } from "../domain/reported-error.ts";
import { retryFragment } from "../inbound/retry-fragment.ts";

/** The webhook settings of a number at Twilio. Each is empty if it is not set. */
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
  /** A TwiML App overrides the webhook URLs for messages or calls. */
  readonly smsApplicationSid: string;
  readonly voiceApplicationSid: string;
}

/** A number of the account. */
export interface NumberWebhooks {
  /** `PN…` */
  readonly sid: string;
  readonly number: string;
  /** Whether the number supports messages (`messages`) and calls (`calls`). */
  readonly messages: boolean;
  readonly calls: boolean;
  readonly settings: NumberSettings;
  /** Whether a SIP trunk receives the number's calls, whatever its webhook URLs are. */
  readonly hasTrunk: boolean;
  /**
   * The name of a Messaging Service that receives the number's messages, whatever its webhook URLs are; null for none.
   */
  readonly service: string | null;
}

/**
 * Where a number's messages or calls go. `ours`: to this app. `other`: to another URL. `empty`: they are not handled.
 * `unable`: the number does not support them. `overruled`: a Messaging Service or SIP trunk receives them.
 */
export type NumberUse = "ours" | "other" | "empty" | "unable" | "overruled";

export interface NumberState {
  readonly messages: NumberUse;
  readonly calls: NumberUse;
}

/** Makes Twilio retry after timeouts and 5xx responses too, not only after failed connections. */
const RETRY_OPTIONS = "#rc=2&rp=ct,rt,5xx";

/** The settings with which a number's messages and calls go to the app at `base`. */
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
    // Twilio uses the fallback after an error response, for example from a proxy. A second attempt may succeed.
    voiceFallbackUrl: webhook,
    voiceFallbackMethod: "POST",
    statusCallback: `${base}/status/call${retryOptions}`,
    statusCallbackMethod: "POST",
    smsApplicationSid: "",
    voiceApplicationSid: "",
  };
}

/** Where a number's messages and calls go. `bases`: the public addresses of the app and of its relay. */
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

/** Whether `url` at Twilio is the webhook URL of the app at one of its public addresses `bases`. */
export function isWebhookOf(bases: readonly string[], url: string): boolean {
  const [address] = url.split(/[?#]/);
  return bases.some((base) => address === `${base}/webhook` || address === `${base}/webhook/`);
}

/** The possible changes of a number, which the user sees before they are made. */
export interface NumberPlan {
  readonly number: NumberWebhooks;
  /**
   * The settings that the app would enter. Null if the public address is not known, or if the number has these settings
   * already.
   */
  readonly newSettings: NumberSettings | null;
  /** The settings before the app set the number up; null if not known, or if the number has them already. */
  readonly previousSettings: NumberSettings | null;
  /** A hash of the current settings, Messaging Service and trunk. The user confirms a change of exactly these. */
  readonly snapshotHash: string;
}

export type PlanResult =
  | { readonly kind: "found"; readonly plan: NumberPlan }
  | { readonly kind: "absent" }
  /** The credentials cannot read the numbers. */
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

export type ChangeResult =
  | { readonly kind: "done" }
  /** The settings are not those that the user saw, or there is nothing to change. Nothing was written. */
  | { readonly kind: "changed" }
  /** A TwiML App for calls would remove the number from its SIP trunk. Nothing was written. */
  | { readonly kind: "on_trunk" }
  | { readonly kind: "failed"; readonly error: ReportedError }
  | Exclude<PlanResult, { kind: "found" }>;
