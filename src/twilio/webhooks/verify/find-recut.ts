import type { FormParameters } from "./parse-form.ts";

/**
 * Names of Twilio's, each before what its values begin with. Sources: twilio.com/docs/messaging/guides/webhook-request,
 * twilio.com/docs/voice/twiml
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
 * Whether the signed text was divided into other parameters than Twilio's. The sign of it: the text contains one of
 * Twilio's names followed by a fitting value, but the request has no such parameter there. `form`: the parameters of
 * the body; empty for none.
 */
export function isRecutForm(query: string, form: FormParameters, accountSid: string): boolean {
  const pairs = [...new URLSearchParams(query)];
  const { text, names } = signedText(pairs.map(([name, value]) => `${name}=${value}`).join("&"), form);
  const accounts = endsOf(/AccountSid/g, text).filter((at) => text.startsWith(accountSid, at));
  const isParameter = (at: number, name: string): boolean => names.get(at)?.endsWith(name) === true;
  if (!accounts.every((at) => isParameter(at, "AccountSid"))) return true;
  // Every webhook that Twilio creates itself contains AccountSid. In the request of a Studio flow, texts may be
  // anything.
  if ((form["AccountSid"] ?? "") === "") return false;
  // Twilio never puts it into both: from there on, what is signed was a query.
  if (pairs.some(([name]) => name === "AccountSid")) return true;
  return Object.entries(NAMES).some(([name, pattern]) => {
    const own = [...names].find(([, one]) => one === name)?.[0] ?? -1;
    // What somebody wrote may name anybody, and stands before: Twilio signs parameters sorted by name.
    const after = endsOf(pattern, text).filter((at) => at > own);
    // Such as `ParentCallSid`. There is only one sender.
    return !after.every((at) => name !== "From" && isParameter(at, name));
  });
}

interface SignedText {
  readonly text: string;
  /** Where values begin in it, and their names. */
  readonly names: ReadonlyMap<number, string>;
}

/** As Twilio signs it: sorted by name, with nothing between. Source: twilio.com/docs/usage/security */
function signedText(before: string, form: FormParameters): SignedText {
  let text = before;
  const names = new Map<number, string>();
  for (const name of Object.keys(form).toSorted()) {
    for (const value of new Set([form[name] ?? ""].flat().toSorted())) {
      text += name;
      names.set(text.length, name);
      text += value;
    }
  }
  return { text, names };
}

function endsOf(pattern: RegExp, text: string): number[] {
  return Array.from(text.matchAll(pattern), ({ 0: name, index }) => index + name.length);
}
