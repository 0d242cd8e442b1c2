/** A recipient's number contains the number of its request, so that Twilio's records show which request it was. */
const FIRST = 2_015_550_000;

/** A recipient's number that no other request uses. `position` is the recipient's place in the request, at most 9. */
export function recipientOf(request: number, position: number): string {
  return `+1${FIRST + request * 10 + position}`;
}

/** The ID of a request by its number, such as `r3`. */
export function requestName(request: number): string {
  return `r${request}`;
}

/** Recipients of requests that Twilio cannot distinguish: they have the same number and the same text. */
export const SHARED_RECIPIENTS: readonly string[] = ["+12125550170", "+12125550171"];
/** The ID that stands for all requests to these recipients. */
export const SHARED = "shared";
export const SHARED_TEXT = "The door is open.";

/** The request that a text or a recipient's number names, such as `r3`, or `SHARED`. Null if it names none. */
export function requestIdIn(text: string): string | null {
  if (text === SHARED_TEXT || SHARED_RECIPIENTS.includes(text)) return SHARED;
  const named = /\b(r\d+)#/.exec(text)?.[1];
  if (named !== undefined) return named;
  const number = /^\+1(20155\d{5})$/.exec(text)?.[1];
  return number === undefined ? null : requestName(Math.floor((Number(number) - FIRST) / 10));
}
