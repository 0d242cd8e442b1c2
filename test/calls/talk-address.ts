import type { MadeRequest } from "../twilio-simulator/webhooks/request-webhook.ts";

/** The content of the token in a URL of a call: the call, and a step's ID, the delivery's reference or `hold`. */
export function tokenOf({ url }: Pick<MadeRequest, "url">): {
  readonly call: unknown;
  readonly step: unknown;
} {
  const token = new URL(url).searchParams.get("s") ?? "";
  // The first 43 characters of the token are the HMAC.
  const text = Buffer.from(token.slice(43), "base64url").toString();
  const [, call, step] = (text === "" ? [] : JSON.parse(text)) as unknown[];
  return { call, step };
}

/** Whether Twilio sent the webhook after a pause, and not after a step. */
export function isHold(request: Pick<MadeRequest, "url">): boolean {
  return tokenOf(request).step === "hold";
}
