import { signWebhook } from "./sign-webhook.ts";
import type { SignedParameters } from "./sign-webhook.ts";

/** The target of a webhook. `url` is the URL at Twilio, which is signed and sent without its `#…`. */
export interface WebhookTarget {
  readonly url: string;
  readonly method?: "GET" | "POST";
  /** The real URL on this machine, if `url` has a public host name. */
  readonly deliverTo?: string;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The auth token, or the key of a compatible provider and the header of its signature. */
export type WebhookSigner = string | { readonly key: string; readonly header: string };

/** Signs and sends one webhook with the headers of Twilio's proxy. */
export async function sendWebhook(
  signer: WebhookSigner,
  target: WebhookTarget,
  parameters: SignedParameters,
  headers: Readonly<Record<string, string>> = {},
  signal: AbortSignal | null = null,
): Promise<WebhookAnswer> {
  const isGet = target.method === "GET";
  const query = new URLSearchParams(pairs(parameters)).toString();
  const withQuery = (address: string): string => {
    const [url = ""] = address.split("#", 1);
    return isGet ? `${url}${url.includes("?") ? "&" : "?"}${query}` : url;
  };
  const { key, header } = typeof signer === "string" ? { key: signer, header: "X-Twilio-Signature" } : signer;
  const signature = signWebhook(key, withQuery(target.url), isGet ? {} : parameters);
  const response = await fetch(withQuery(target.deliverTo ?? target.url), {
    method: isGet ? "GET" : "POST",
    headers: {
      Accept: "*/*",
      // A persistent connection would break when the app restarts.
      Connection: "close",
      "User-Agent": "TwilioProxy/1.1",
      "X-Home-Region": "us1",
      "I-Twilio-Idempotency-Token": crypto.randomUUID(),
      [header]: signature,
      ...(isGet ? {} : { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" }),
      ...headers,
    },
    body: isGet ? null : query,
    redirect: "manual",
    signal,
  });
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    body: await response.text(),
  };
}

function pairs(parameters: SignedParameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}
