import type { MadeRequest } from "../twilio-simulator/webhooks/request-webhook.ts";

/** What the token in an address of a call names: the call, and a step's id, a reference or `hold`. */
export function toldBy({ url }: Pick<MadeRequest, "url">): {
  readonly call: unknown;
  readonly step: unknown;
} {
  const token = new URL(url).searchParams.get("s") ?? "";
  // The HMAC stands before it.
  const text = Buffer.from(token.slice(43), "base64url").toString();
  const [, call, step] = (text === "" ? [] : JSON.parse(text)) as unknown[];
  return { call, step };
}

/** Whether Twilio asks after a pause, with no step behind it. */
export function isHold(request: Pick<MadeRequest, "url">): boolean {
  return toldBy(request).step === "hold";
}
