import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

import type { WebhookFields } from "../domain/classify-webhook.ts";
import type { Logger } from "../domain/logger.ts";
import { firstValues, parseForm } from "./parse-form.ts";
import type { FormParameters } from "./parse-form.ts";
import { parseJson } from "./parse-json.ts";
import type { PublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { verifySignature } from "./verify-signature.ts";

/** Twilio's own limit for what we answer is 64 kB; its requests are far below this. */
export const MOST_BODY_BYTES = 256 * 1024;

const SIGNATURE = "x-twilio-signature";
/** Made in the same way. Source: developer.signalwire.com/guides/webhook-security */
const PROVIDER_SIGNATURE = "x-signalwire-signature";

export type WebhookContext = Context<{ Bindings: HttpBindings }>;

export interface VerifyRequestOptions {
  readonly address: PublicAddress;
  /** Auth tokens whose signatures are accepted: the present one and, while it is rotated, the previous. */
  readonly tokens: readonly string[];
  /** True where a compatible provider signs, with a key of its own and maybe in a header of its own. */
  readonly isProvider: boolean;
  /** Told of each signature what it was worth, and in the name of which account a wrong one was made. */
  readonly signatureAccepted: () => void;
  readonly signatureRefused: (accountSid: string | undefined) => void;
  /** Told of each request that is turned away, and whether it had a signature at all. */
  readonly requestRefused: (status: number, isSigned: boolean) => void;
  readonly logger: Logger;
}

/** A request that Twilio has signed. */
export interface VerifiedRequest {
  readonly ok: true;
  readonly fields: WebhookFields;
  readonly parameters: FormParameters;
  readonly signature: string;
  /** With its `?`; empty for none. */
  readonly query: string;
}

export type Refused = { readonly ok: false; readonly response: Response };

/** The check that stands before every route that Twilio's webhooks come by. */
export function createRequestVerifier(options: VerifyRequestOptions) {
  const { address, logger } = options;

  /** `path`: as it stands in the address that Twilio was given, after the public one. */
  async function verify(c: WebhookContext, path: string): Promise<VerifiedRequest | Refused> {
    const query = rawQuery(c.env.incoming.url ?? "");
    const isPost = c.req.method === "POST";
    let text: string | null;
    try {
      text = isPost ? await readBody(c.env.incoming, MOST_BODY_BYTES) : "";
    } catch {
      // Nobody is there any more to be told anything.
      return { ok: false, response: c.text("The request broke off", 400) };
    }
    if (text === null) return refuse(c, 413, "the body is too large");
    const isJson = isPost && isJsonType(c.req.header("content-type"));
    const parameters = isPost && !isJson ? parseForm(text) : {};
    const received = isPost ? parameters : parseForm(query.slice(1));

    const problem = checkSignature(c, path + query, parameters, isJson ? text : null);
    if (problem !== null) {
      if (signatureOf(c) !== "") options.signatureRefused(firstValues(received)["AccountSid"]);
      return refuse(c, 403, problem);
    }
    options.signatureAccepted();
    // The hash is signed with the address; without the body that it belongs to, it says nothing.
    if (!isJson && new URLSearchParams(query).has("bodySHA256"))
      return refuse(c, 400, "its address has a bodySHA256, but its body is no JSON");
    const body = isJson ? parseJson(text) : ({ ok: true, parameters: received } as const);
    if (!body.ok) return refuse(c, 400, body.reason);
    const fields = firstValues(body.parameters);
    if (Object.keys(fields).length === 0) return refuse(c, 400, "it has no parameters");
    return { ok: true, fields, parameters: body.parameters, signature: signatureOf(c), query };
  }

  /** Null for a valid signature, else what is wrong with it. */
  function checkSignature(
    c: Context,
    target: string,
    parameters: FormParameters,
    body: string | null,
  ): string | null {
    const signature = signatureOf(c);
    if (signature === "") return "it has no X-Twilio-Signature";
    const bases = address.candidates({
      host: c.req.header("host"),
      forwardedHost: c.req.header("x-forwarded-host"),
      forwardedProto: c.req.header("x-forwarded-proto"),
    });
    const urls = bases.map((base) => `${base}${target}`);
    const verified = verifySignature(options.tokens, urls, { signature, parameters, body });
    if (verified === null) {
      const expected = address.known() ?? "whichever address it came to, since public_url is not set";
      const key = options.isProvider ? "webhook_secret" : "auth_token";
      return `its signature does not fit ${key} and the address ${expected}`;
    }
    address.confirm(bases[urls.indexOf(verified)] ?? "");
    return null;
  }

  function signatureOf(c: Context): string {
    return signatureIn(c, options.isProvider);
  }

  function refuse(c: Context, status: 400 | 403 | 405 | 413, reason: string): Refused {
    const peer = (c.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? "unknown";
    options.requestRefused(status, signatureOf(c) !== "");
    logger.warning(`Refused a request to ${c.req.path} from ${peer} with ${status}: ${reason}.`);
    return { ok: false, response: c.text(`Refused: ${reason}.`, status) };
  }

  return {
    verify,
    /** Answers another method than Twilio's. */
    refuseMethod(c: Context): Response {
      c.header("Allow", "GET, POST");
      return refuse(c, 405, `the method is ${c.req.method}`).response;
    },
  };
}

/** Empty for none. */
export function signatureIn(c: Context, isProvider: boolean): string {
  return c.req.header(SIGNATURE) || (isProvider && c.req.header(PROVIDER_SIGNATURE)) || "";
}

/** Twilio signs a JSON body by its hash. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(contentType?.trim() ?? "");
}

export type RequestVerifier = ReturnType<typeof createRequestVerifier>;

/** The query as it came, with its `?`: any normalising would break the signature. */
function rawQuery(target: string): string {
  const start = target.indexOf("?");
  return start === -1 ? "" : target.slice(start);
}
