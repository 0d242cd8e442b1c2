/** The error in Twilio's answer to a refused request. */
export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

export type Form = Readonly<Record<string, string | string[]>>;

const OWN = "+15005550006";

/** The magic numbers of test credentials. Source: twilio.com/docs/iam/test-credentials */
const MESSAGE_TO: Readonly<Record<string, readonly [number, string]>> = {
  "+15005550001": [21211, "is not a valid phone number"],
  "+15005550002": [21612, "cannot be reached from this sender"],
  "+15005550003": [21408, "is in a region that is not enabled"],
  "+15005550004": [21610, "has unsubscribed"],
  "+15005550009": [21614, "is not a mobile number"],
};
const CALL_TO: Readonly<Record<string, readonly [number, string]>> = {
  "+15005550001": [21217, "is not a valid phone number"],
  "+15005550002": [21214, "cannot be reached"],
  "+15005550003": [21215, "is not allowed by your geographic permissions"],
  "+15005550004": [21216, "is not allowed to be called"],
};

/** Why Twilio refuses a new message; null if it accepts it. `numbers`: those of the account. */
export function refuseMessage(form: Form, numbers: readonly string[]): Refusal | null {
  const { To: to, From: from, Body: body, MediaUrl: media, MessagingServiceSid: service } = form;
  if (!one(to)) return refusal(21604, "A 'To' phone number is required.");
  if (!one(from) && !one(service)) return refusal(21603, "A 'From' phone number is required.");
  if (!one(body) && media === undefined && form["ContentSid"] === undefined)
    return refusal(21602, "Message body is required.");
  if (one(body).length > 1600)
    return refusal(21617, "The concatenated message body exceeds the 1600 character limit.");
  const magic = MESSAGE_TO[one(to)];
  if (magic !== undefined) return refusal(magic[0], `The 'To' number ${one(to)} ${magic[1]}.`);
  if (one(from) === "+15005550001") return refusal(21212, `The 'From' number ${one(from)} is not valid.`);
  if (one(from) === "+15005550008")
    return refusal(21611, `The 'From' number ${one(from)} has a full queue.`, 429);
  if (one(from) && channelOf(one(from)) !== channelOf(one(to)))
    return refusal(21910, "Invalid From and To pair. From and To should be of the same channel");
  if (one(from).startsWith("+") && !owns(one(from), numbers)) {
    return refusal(
      21606,
      `The 'From' phone number ${one(from)} is not a number of yours that can send messages.`,
    );
  }
  return null;
}

/** Why Twilio refuses a new call; null if it accepts it. `numbers`: those of the account. */
export function refuseCall(form: Form, numbers: readonly string[]): Refusal | null {
  const { To: to, From: from, Url: url, Twiml: twiml } = form;
  if (!one(to)) return refusal(21201, "No 'To' number is specified.");
  if (!one(from)) return refusal(21213, "Caller phone number is required.");
  if (!one(url) && !one(twiml)) return refusal(21205, "Url parameter is required.");
  if (one(twiml).length > 4000) return refusal(21232, "The TwiML is longer than 4000 characters.");
  const magic = CALL_TO[one(to)];
  if (magic !== undefined) return refusal(magic[0], `The number ${one(to)} ${magic[1]}.`);
  if (one(from) === "+15005550001") return refusal(21212, `The 'From' number ${one(from)} is not valid.`);
  if (!owns(one(from), numbers))
    return refusal(21210, `The source number ${one(from)} is not verified for your account.`);
  return null;
}

/** The channel of a recipient or sender, such as `messenger`; empty for SMS. */
function channelOf(address: string): string {
  return /^([a-z]+):/i.exec(address)?.[1] ?? "";
}

function owns(number: string, numbers: readonly string[]): boolean {
  return number === OWN || numbers.includes(number);
}

/** The first value of a parameter; empty if it is missing. */
export function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

function refusal(code: number, message: string, status = 400): Refusal {
  return { status, code, message };
}
