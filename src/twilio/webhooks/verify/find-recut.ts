import type { FormParameters } from "./parse-form.ts";

/**
 * Names of Twilio's parameters, each with a pattern for how its values begin.
 * Sources: twilio.com/docs/messaging/guides/webhook-request, twilio.com/docs/voice/twiml
 */
const NAMES: Readonly<Record<string, RegExp>> = {
  CallSid: /CallSid(?=CA[0-9a-f]{32})/g,
  CallStatus: /CallStatus(?=queued|initiated|ringing|in-progress|completed|busy|failed|no-answer|canceled)/g,
  Direction: /Direction(?=inbound|outbound-)/g,
  From: /From(?=[a-z]{2,}:|\+?\d{5})/g,
  MessageSid: /MessageSid(?=[A-Z]{2}[0-9a-f]{32})/g,
  SmsSid: /SmsSid(?=[A-Z]{2}[0-9a-f]{32})/g,
  StirVerstat: /StirVerstat(?=TN-)/g,
};

/**
 * Parameters that Twilio sorts between `From` and the headers of a SIP call: the caller's place, and details of the
 * call. Source: twilio.com/docs/voice/api/sip-twiml
 */
const BEFORE_SIP_HEADERS = /From(City|Country|State|Zip)|Sip(CallId|Domain)/;

/**
 * Whether an attacker has divided the signed text into other parameters than Twilio's. The text then contains one of
 * Twilio's names with a fitting value, but the request has no such parameter at this place. `form` has the parameters
 * of the body; it may be empty.
 */
export function isRecutForm(query: string, form: FormParameters, accountSid: string): boolean {
  const pairs = [...new URLSearchParams(query)];
  const { text, parameters } = signedText(pairs.map(([name, value]) => `${name}=${value}`).join("&"), form);
  const accounts = endsOf(/AccountSid/g, text).filter((at) => text.startsWith(accountSid, at));
  const isParameter = (at: number, name: string): boolean => parameters.get(at)?.name.endsWith(name) === true;
  if (!accounts.every((at) => isParameter(at, "AccountSid"))) return true;
  // Every webhook of Twilio itself contains AccountSid. A webhook without it is from a Studio flow, whose texts may
  // contain anything.
  if ((form["AccountSid"] ?? "") === "") return false;
  // Twilio never sends AccountSid in both the query and the body. So somebody has moved a part of a query into the
  // body.
  if (pairs.some(([name]) => name === "AccountSid")) return true;
  return Object.entries(NAMES).some(([name, pattern]) => {
    const own = [...parameters].find(([, one]) => one.name === name)?.[0] ?? -1;
    // A name before the parameter itself is no sign of an attack. Twilio sorts parameters by name, so the message's
    // body comes first, and the body may contain any text.
    const after = endsOf(pattern, text).filter((at) => at > own);
    // `pattern` also matches the end of longer names, such as `ParentCallSid`, which is allowed. For `From`, a longer
    // name is an attack: a webhook has only one sender.
    return !after.every((at) =>
      name === "From" ? isSipHeader(parameters.get(at), form) : isParameter(at, name),
    );
  });
}

/**
 * Whether the parameter is a genuine header of a SIP call, such as `SipHeader_X-From`. Its value is then a number or a
 * SIP address, and the call's sender is a SIP address.
 *
 * An attacker can hide the real sender in such a parameter. Its value then also contains the parameters that Twilio
 * sorts after the sender.
 */
function isSipHeader(parameter: Parameter | undefined, form: FormParameters): boolean {
  const { name = "", value = "" } = parameter ?? {};
  return (
    name.startsWith("SipHeader_") &&
    /^(\+?\d|sips?:)/.test(value) &&
    !BEFORE_SIP_HEADERS.test(value) &&
    [form["From"] ?? ""].flat().every((from) => /^sips?:/.test(from))
  );
}

interface Parameter {
  readonly name: string;
  readonly value: string;
}

interface SignedText {
  readonly text: string;
  /** The parameters, each by the position in `text` at which its value begins. */
  readonly parameters: ReadonlyMap<number, Parameter>;
}

/**
 * Makes the text that Twilio signs: the parameters sorted by name, without separators. Source:
 * twilio.com/docs/usage/security
 */
function signedText(before: string, form: FormParameters): SignedText {
  let text = before;
  const parameters = new Map<number, Parameter>();
  for (const name of Object.keys(form).toSorted()) {
    for (const value of new Set([form[name] ?? ""].flat().toSorted())) {
      text += name;
      parameters.set(text.length, { name, value });
      text += value;
    }
  }
  return { text, parameters };
}

function endsOf(pattern: RegExp, text: string): number[] {
  return Array.from(text.matchAll(pattern), ({ 0: name, index }) => index + name.length);
}
