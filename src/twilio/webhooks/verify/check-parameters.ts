import { isRecutForm } from "./find-recut.ts";
import type { FormParameters } from "./parse-form.ts";

export interface CheckParametersOptions {
  /** The SID of the user's account, at Twilio or a compatible provider. */
  readonly accountSid: string;
  /** Whether SIDs have Twilio's forms. The forms of a compatible provider are unknown. */
  readonly hasTwilioSids: boolean;
}

export interface SignedParameters {
  /** The query of the URL, with its `?`; empty if the URL has no query. */
  readonly query: string;
  readonly parameters: FormParameters;
  /** The part of the request that contains the parameters. Twilio signs JSON only through its hash. */
  readonly source: "form" | "query" | "json";
}

export interface ParameterProblem {
  readonly status: 400 | 403;
  /** The end of a log sentence about the request. */
  readonly reason: string;
}

/** Matches names of parameters that Twilio or a Studio flow uses, such as `SipHeader_X-Foo` and `flow.sid`. */
const NAME = /^[\w.-]{1,64}$/;

const MESSAGE_SID = /^[A-Z]{2}[0-9a-f]{32}$/;
/** The form of each SID at Twilio. A Studio flow may send an empty SID as well. */
const SID_FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ["CallSid", /^CA[0-9a-f]{32}$/],
  ["MessageSid", MESSAGE_SID],
  ["SmsSid", MESSAGE_SID],
  ["SmsMessageSid", MESSAGE_SID],
];

/**
 * Parameters of which Twilio never sends two different values. From two values, an attacker could choose the one that
 * counts.
 */
const SINGLE: readonly string[] = [
  "AccountSid",
  "Body",
  "CallSid",
  "CallStatus",
  "Digits",
  "Direction",
  "From",
  "MessageSid",
  "MessageStatus",
  "SmsMessageSid",
  "SmsSid",
  "SmsStatus",
  "SpeechResult",
  "StirVerstat",
  "To",
];

/**
 * Describes what is wrong with the parameters of a request with a valid signature; null if nothing is wrong.
 *
 * A signature covers names and values without separators. So an attacker can divide a captured text into other
 * parameters, for example to forge the sender.
 */
export function parameterProblem(
  { query, parameters, source }: SignedParameters,
  { accountSid, hasTwilioSids }: CheckParametersOptions,
): ParameterProblem | null {
  if (source !== "json" && !Object.keys(parameters).every((name) => NAME.test(name)))
    return refused("one of its parameters has a name that neither Twilio nor a Studio flow uses");
  const accounts = valuesOf(parameters, "AccountSid");
  if (!accounts.every((sid) => sid === "" || sid.toLowerCase() === accountSid.toLowerCase()))
    return { status: 403, reason: "its AccountSid belongs to another Twilio account" };
  const repeated = SINGLE.find((name) => hasDifferentValues(parameters[name]));
  if (repeated !== undefined) return refused(`it has several values of ${repeated}`);
  const faulty = SID_FORMS.find(
    ([name, form]) =>
      hasTwilioSids && valuesOf(parameters, name).some((sid) => sid !== "" && !form.test(sid)),
  );
  if (faulty !== undefined) return refused(`its ${faulty[0]} is not in the format of Twilio's SIDs`);
  const isCut = isRecutForm(query, source === "form" ? parameters : {}, accountSid);
  return isCut ? refused("its parameters are divided in a way that Twilio does not use") : null;
}

function hasDifferentValues(value: string | string[] | undefined): boolean {
  return Array.isArray(value) && value.some((one) => one !== value[0]);
}

function valuesOf(parameters: FormParameters, name: string): readonly string[] {
  const value = parameters[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function refused(reason: string): ParameterProblem {
  return { status: 400, reason };
}
