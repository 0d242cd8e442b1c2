import type { FormParameters } from "./parse-form.ts";
import { visitSigned } from "./visit-signed.ts";

/**
 * Names of Twilio's parameters, each with a pattern for how its values begin.
 * Sources: twilio.com/docs/messaging/guides/webhook-request, twilio.com/docs/voice/twiml
 */
const NAMES = {
  // `isRecutForm` compares the value of AccountSid with the user's account, so AccountSid needs no pattern.
  AccountSid: "",
  CallSid: "CA[0-9a-f]{32}",
  CallStatus: "queued|initiated|ringing|in-progress|completed|busy|failed|no-answer|canceled",
  Direction: "inbound|outbound-",
  From: String.raw`[a-z]{2,}:|\+?\d{5}`,
  MessageSid: "[A-Z]{2}[0-9a-f]{32}",
  SmsSid: "[A-Z]{2}[0-9a-f]{32}",
  StirVerstat: "TN-",
};

/** Matches all names in one search, because every webhook is searched. */
const ANY_NAME = new RegExp(
  Object.entries(NAMES)
    .map(([name, value]) => `${name}(?=${value})`)
    .join("|"),
  "g",
);

/**
 * Parameters that Twilio sorts between `From` and the headers of a SIP call: the caller's place, and details of the
 * call. Source: twilio.com/docs/voice/api/sip-twiml
 */
const BEFORE_SIP_HEADERS = /From(City|Country|State|Zip)|Sip(CallId|Domain)/;

/**
 * Whether an attacker has divided the signed text into other parameters than Twilio's. Returns true if the signed text
 * contains one of `NAMES` with a fitting value at a place where no parameter of this name begins. The comments below
 * name the exceptions. `form` has the parameters of the body; it may be empty.
 */
export function isRecutForm(query: string, form: FormParameters, accountSid: string): boolean {
  const pairs = [...new URLSearchParams(query)];
  const isOfAccount = (form["AccountSid"] ?? "") !== "";
  // Twilio never sends AccountSid in both the query and the body. So somebody has moved a part of a query into the
  // body.
  if (isOfAccount && pairs.some(([name]) => name === "AccountSid")) return true;
  const { text, parameters } = signedText(pairs.map((pair) => pair.join("=")).join("&"), form);
  for (const { 0: name, index } of text.matchAll(ANY_NAME)) {
    const at = index + name.length;
    const parameter = parameters.find((one) => one.at === at);
    const isParameter = parameter?.name.endsWith(name) === true;
    if (name === "AccountSid") {
      if (text.startsWith(accountSid, at) && !isParameter) return true;
      continue;
    }
    // Every webhook of Twilio itself contains AccountSid. A webhook without it is from a Studio flow, whose texts may
    // contain anything.
    if (!isOfAccount) continue;
    // Ignore a name that comes before the parameter of this name. Twilio sorts parameters, so a parameter with any text
    // may come first, such as the `Body` of a message.
    const own = parameters.find((one) => one.name === name)?.at ?? -1;
    if (at <= own) continue;
    // A longer name may end with this name, such as `ParentCallSid`. But a webhook has only one sender, so a longer
    // name that ends with `From` is an attack. Only a SIP header may have such a name.
    if (name === "From" ? !isSipHeader(parameter, form) : !isParameter) return true;
  }
  return false;
}

/**
 * Whether the parameter is a genuine header of a SIP call, such as `SipHeader_X-From`. A genuine header contains a
 * number or a SIP address, and the call's sender is a SIP address.
 *
 * An attacker can hide the real sender in a forged header. The forged header then also contains the parameters that
 * Twilio sorts after the sender.
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
  /** The index in the signed text at which this parameter's value begins. */
  readonly at: number;
}

interface SignedText {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** Makes the text that Twilio signs, with the place of each value. */
function signedText(before: string, form: FormParameters): SignedText {
  let text = before;
  const parameters: Parameter[] = [];
  visitSigned(form, (name, value) => {
    text += name;
    parameters.push({ name, value, at: text.length });
    text += value;
  });
  return { text, parameters };
}
