import { isRecutForm } from "./find-recut.ts";
import type { FormParameters } from "./parse-form.ts";

export interface CheckParametersOptions {
  /** The SID of the user's account, at Twilio or the provider. */
  readonly accountSid: string;
  /** False for a compatible provider, whose SIDs have unknown forms. */
  readonly hasTwilioSids: boolean;
}

export interface SignedParameters {
  /** The query of the URL, with its `?`; empty for none. */
  readonly query: string;
  readonly parameters: FormParameters;
  /** The part of the request with the parameters. JSON is signed by its hash. */
  readonly source: "form" | "query" | "json";
}

export interface ParameterProblem {
  readonly status: 400 | 403;
  /** The end of a log sentence about the request. */
  readonly reason: string;
}

/** Twilio's own names and those of Studio flows, such as `SipHeader_X-Foo` and `flow.sid`. */
const NAME = /^[\w.-]{1,64}$/;

const MESSAGE_SID = /^[A-Z]{2}[0-9a-f]{32}$/;
/** The forms of Twilio's SIDs. A Studio flow may send an empty one. */
const SID_FORMS: Readonly<Record<string, RegExp>> = {
  CallSid: /^CA[0-9a-f]{32}$/,
  MessageSid: MESSAGE_SID,
  SmsSid: MESSAGE_SID,
  SmsMessageSid: MESSAGE_SID,
};

/** Twilio never sends two values for one of these. An attacker could choose which one comes first. */
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
 * Describes what is wrong with the parameters of a request whose signature is valid; null if they are fine. A signature
 * covers names and values without separators. So an attacker can divide the same signed text into other parameters, such
 * as another sender.
 */
export function parameterProblem(
  { query, parameters, source }: SignedParameters,
  { accountSid, hasTwilioSids }: CheckParametersOptions,
): ParameterProblem | null {
  if (source !== "json" && !Object.keys(parameters).every((name) => NAME.test(name)))
    return refused("one of its parameters has a name that neither Twilio nor a Studio flow uses");
  const accounts = valuesOf(parameters, "AccountSid");
  if (!accounts.every((sid) => sid === "" || sid.toLowerCase() === accountSid.toLowerCase()))
    return { status: 403, reason: "its AccountSid is that of another account" };
  const repeated = SINGLE.find((name) => new Set(valuesOf(parameters, name)).size > 1);
  if (repeated !== undefined) return refused(`it has several values of ${repeated}`);
  const faulty = Object.entries(SID_FORMS).find(
    ([name, form]) =>
      hasTwilioSids && valuesOf(parameters, name).some((sid) => sid !== "" && !form.test(sid)),
  );
  if (faulty !== undefined) return refused(`its ${faulty[0]} does not have the form of Twilio's SIDs`);
  const isCut = isRecutForm(query, source === "form" ? parameters : {}, accountSid);
  return isCut ? refused("its parameters are divided in a way that Twilio does not use") : null;
}

function valuesOf(parameters: FormParameters, name: string): readonly string[] {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function refused(reason: string): ParameterProblem {
  return { status: 400, reason };
}
