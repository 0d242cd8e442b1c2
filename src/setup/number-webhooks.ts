import type { ReportedError } from "../domain/reported-error.ts";
import { retryFragment } from "../inbound/retry-fragment.ts";

/** Where Twilio reports what comes to a number, as its owner entered it. Each empty where there is nothing. */
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
  /** An application overrules the addresses of its kind. */
  readonly smsApplicationSid: string;
  readonly voiceApplicationSid: string;
}

/** A number of the account. */
export interface NumberWebhooks {
  /** `PN…` */
  readonly sid: string;
  readonly number: string;
  /** What it is capable of. */
  readonly messages: boolean;
  readonly calls: boolean;
  readonly settings: NumberSettings;
  /** Its calls go to a SIP trunk, whatever its addresses are. */
  readonly hasTrunk: boolean;
  /** The name of a Messaging Service that decides about its messages, whatever its addresses are; null for none. */
  readonly service: string | null;
}

/**
 * `ours`: reported to this app; `other`: to somebody else; `empty`: to nobody; `unable`: the number has none of these;
 * `overruled`: something else than its addresses decides.
 */
export type NumberUse = "ours" | "other" | "empty" | "unable" | "overruled";

export interface NumberState {
  readonly messages: NumberUse;
  readonly calls: NumberUse;
}

/** Tries that Twilio makes where the app did not answer in time, and not only where it could not connect. */
const TRY_AGAIN = "#rc=2&rp=ct,rt,5xx";

/** What a number needs so that all that comes to it is reported to the app at `base`. */
export function settingsFor(base: string): NumberSettings {
  const webhook = `${base}/webhook`;
  const tryAgain = retryFragment(base, TRY_AGAIN);
  return {
    smsUrl: `${webhook}${tryAgain}`,
    smsMethod: "POST",
    smsFallbackUrl: webhook,
    smsFallbackMethod: "POST",
    voiceUrl: `${webhook}${tryAgain}`,
    voiceMethod: "POST",
    // Asked at once where the first was answered by an error, such as a proxy's: the same again is the best there is.
    voiceFallbackUrl: webhook,
    voiceFallbackMethod: "POST",
    statusCallback: `${base}/status/call${tryAgain}`,
    statusCallbackMethod: "POST",
    smsApplicationSid: "",
    voiceApplicationSid: "",
  };
}

/** Who hears of what comes to a number, where the app is at `base`; null while that is not known. */
export function numberState(number: NumberWebhooks, base: string | null): NumberState {
  const { settings, messages, calls, hasTrunk, service } = number;
  return {
    messages: use(messages, service !== null, settings.smsApplicationSid, settings.smsUrl, base),
    calls: use(calls, hasTrunk, settings.voiceApplicationSid, settings.voiceUrl, base),
  };
}

function use(
  isAble: boolean,
  isOverruled: boolean,
  application: string,
  url: string,
  base: string | null,
): NumberUse {
  if (!isAble) return "unable";
  if (isOverruled) return "overruled";
  if (application !== "") return "other";
  if (url === "") return "empty";
  return base !== null && isWebhookOf(base, url) ? "ours" : "other";
}

/** Whether an address that somebody entered at Twilio is the app's at `base`. */
export function isWebhookOf(base: string, url: string): boolean {
  const [address] = url.split(/[?#]/);
  return address === `${base}/webhook` || address === `${base}/webhook/`;
}

/** What can be done with a number, to be shown before it is done. */
export interface NumberPlan {
  readonly number: NumberWebhooks;
  /** Null while the public address is not known, or where the number has it all already. */
  readonly newSettings: NumberSettings | null;
  /** What it had before the app set it up; null where that is not known, or is what it has. */
  readonly previousSettings: NumberSettings | null;
  /** Stands for what the number has at present, and what overrules it: who confirms has seen that and nothing else. */
  readonly snapshotHash: string;
}

export type PlanResult =
  | { readonly kind: "found"; readonly plan: NumberPlan }
  | { readonly kind: "absent" }
  /** The credentials may not see the numbers. */
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

export type ChangeResult =
  | { readonly kind: "done" }
  /** What the number has is not what was shown, or there is nothing to do: nothing was written. */
  | { readonly kind: "changed" }
  /** An application for calls would take the number's SIP trunk away: nothing was written. */
  | { readonly kind: "on_trunk" }
  | { readonly kind: "failed"; readonly error: ReportedError }
  | Exclude<PlanResult, { kind: "found" }>;
