import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

import type { AddressProof } from "../domain/address-proof.ts";
import type { WebhookFields } from "../domain/classify-webhook.ts";
import type { Logger } from "../domain/logger.ts";
import { parameterProblem } from "./check-parameters.ts";
import type { CheckParametersOptions } from "./check-parameters.ts";
import { firstValues, parseForm } from "./parse-form.ts";
import type { FormParameters } from "./parse-form.ts";
import { parseJson } from "./parse-json.ts";
import type { AddressHeaders, PublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { signedBase, verifySignature } from "./verify-signature.ts";
import type { SignedRequest } from "./verify-signature.ts";

/** Twilio's own limit for what we answer is 64 kB; its requests are far below this. */
export const MOST_BODY_BYTES = 256 * 1024;

const SIGNATURE = "x-twilio-signature";
/** Made in the same way. Source: developer.signalwire.com/guides/webhook-security */
const PROVIDER_SIGNATURE = "x-signalwire-signature";

export type WebhookContext = Context<{ Bindings: HttpBindings }>;

export interface VerifyRequestOptions extends CheckParametersOptions {
  readonly address: Pick<PublicAddress, "candidates" | "guesses" | "known" | "source" | "path">;
  /** Whether an address other than the learnt one leads to this process as well. */
  readonly leadsHere: (proof: AddressProof) => Promise<boolean>;
  /** Auth tokens whose signatures are accepted: the present one and, while it is rotated, the previous. */
  readonly tokens: readonly string[];
  /** True where a compatible provider signs, with a key of its own and maybe in a header of its own. */
  readonly isProvider: boolean;
  /** Told in the name of which account a wrong signature was made. */
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
  /** The address that was signed; null once the app knows its own, or where the URL was signed in another spelling. */
  readonly proof: AddressProof | null;
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

    const signed = { signature: signatureOf(c), parameters, body: isJson ? text : null };
    const checked = await checkSignature(headersOf(c), path + query, signed);
    if (!checked.ok) {
      if (signed.signature !== "") options.signatureRefused(firstValues(received)["AccountSid"]);
      return refuse(c, 403, checked.problem);
    }
    // The hash is signed with the address; without the body that it belongs to, it says nothing.
    if (!isJson && new URLSearchParams(query).has("bodySHA256"))
      return refuse(c, 400, "its address has a bodySHA256, but its body is no JSON");
    const body = isJson ? parseJson(text) : ({ ok: true, parameters: received } as const);
    if (!body.ok) return refuse(c, 400, body.reason);
    const fields = firstValues(body.parameters);
    if (Object.keys(fields).length === 0) return refuse(c, 400, "it has no parameters");
    const source = isJson ? "json" : isPost ? "form" : "query";
    const problem = parameterProblem({ query, parameters: body.parameters, source }, options);
    if (problem !== null) return refuse(c, problem.status, problem.reason);
    const { proof } = checked;
    return {
      ok: true,
      fields,
      parameters: body.parameters,
      signature: signed.signature,
      query,
      proof,
    };
  }

  async function checkSignature(
    headers: AddressHeaders,
    target: string,
    signed: SignedRequest,
  ): Promise<CheckedSignature> {
    if (signed.signature === "") return { ok: false, problem: "it has no X-Twilio-Signature" };
    const isSettled = address.source() === "configured" || address.source() === "learnt";
    const bases = address.candidates(headers);
    const urls = bases.map((base) => `${base}${target}`);
    const verified = verifySignature(options.tokens, urls, signed);
    if (verified !== null) {
      const base = bases[urls.indexOf(verified)] ?? "";
      return { ok: true, proof: isSettled ? null : signedBase(options.tokens, base, target, signed) };
    }
    const elsewhere = address.source() === "learnt" ? signedElsewhere(headers, target, signed) : null;
    if (elsewhere !== null && (await options.leadsHere(elsewhere))) return { ok: true, proof: null };
    const key = options.isProvider ? "webhook_secret" : "auth_token";
    return { ok: false, problem: signatureProblem(key, headers, elsewhere) };
  }

  /** Signed with our key, but for another address than the learnt one: that may be wrong, or another service's. */
  function signedElsewhere(
    headers: AddressHeaders,
    target: string,
    signed: SignedRequest,
  ): AddressProof | null {
    // What follows looks at the URL alone, and the signature of JSON covers its body only through a hash.
    if (signed.body !== null) return null;
    for (const base of address.guesses(headers)) {
      const proof = URL.canParse(base) ? signedBase(options.tokens, base, target, signed) : null;
      if (proof !== null) return proof;
    }
    return null;
  }

  function signatureProblem(key: string, headers: AddressHeaders, elsewhere: AddressProof | null): string {
    const known = address.known();
    if (elsewhere !== null)
      return `it was signed for ${elsewhere.base}, and the app has learnt that its address is ${known}; if that is wrong, press "Forget this address" on the app's page or enter public_url`;
    if (address.source() === "configured" || address.source() === "learnt")
      return `its signature does not fit ${key} and the address ${known}`;
    const [guess = "that it came to"] = address.guesses(headers);
    return `its signature does not fit ${key} and the address ${guess}; if Twilio uses another address or port, enter public_url or let the proxy pass on Host with its port`;
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
    /** Turns a request away that verified, but must not be answered. */
    refuse: (c: Context, status: 400, reason: string): Response => refuse(c, status, reason).response,
    /** Answers a method that the address does not take; `allowed`: those that it takes. */
    refuseMethod(c: Context, allowed: string): Response {
      c.header("Allow", allowed);
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

type CheckedSignature =
  | { readonly ok: true; readonly proof: AddressProof | null }
  | { readonly ok: false; readonly problem: string };

/** What a proxy and the client say about the address. */
export function headersOf(c: Context): AddressHeaders {
  return {
    host: c.req.header("host"),
    forwardedHost: c.req.header("x-forwarded-host"),
    forwardedProto: c.req.header("x-forwarded-proto"),
    forwardedPort: c.req.header("x-forwarded-port"),
  };
}

/** The query as it came, with its `?`: any normalising would break the signature. */
function rawQuery(target: string): string {
  const start = target.indexOf("?");
  return start === -1 ? "" : target.slice(start);
}
