import type { Context } from "hono";

import type { Clock } from "../../../domain/clock.ts";
import type { WebhookFields } from "../../../domain/events/webhook.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { RequestBindings } from "../../../domain/transport.ts";
import type { AddressEvidence } from "../../../inbound/address-proof.ts";
import type { AddressConfirmation } from "../../../inbound/confirm-address.ts";
import type { AddressHeaders, PublicAddress } from "../public-address.ts";
import { createTrustOneConnection } from "../trust-one-connection.ts";
import { parameterProblem } from "./check-parameters.ts";
import type { CheckParametersOptions } from "./check-parameters.ts";
import { firstValues } from "./parse-form.ts";
import type { FormParameters } from "./parse-form.ts";
import { parseJson } from "./parse-json.ts";
import { createRequestReader, hasSignature, signatureIn } from "./read-request.ts";
import type { WebhookContext } from "./read-request.ts";
import { checkSignature } from "./verify-signature.ts";
import type { SignatureCheck } from "./verify-signature.ts";

/** Characters of a path in the log. */
const LONGEST_PATH = 80;

/** Whose webhooks the app takes, and what signs them. */
export interface WebhookAccount extends CheckParametersOptions {
  /** Auth tokens whose signatures are accepted: the present one and, while it is rotated, the previous. */
  readonly tokens: readonly string[];
  /** True where a compatible provider signs, with a key of its own and maybe in a header of its own. */
  readonly isProvider: boolean;
}

/** Told of requests that are turned away. */
export interface RefusalListener {
  /** Called with the AccountSid that a request with a wrong signature named. */
  signatureRefused(accountSid: string | undefined): void;
  /** Called for each refused request; `isSigned`: it had a signature, valid or not. */
  requestRefused(status: number, isSigned: boolean): void;
}

export interface RequestVerifierOptions {
  readonly account: WebhookAccount;
  readonly address: Pick<PublicAddress, "candidates" | "guesses" | "current" | "source">;
  readonly confirmation: Pick<AddressConfirmation, "reachesThisApp">;
  readonly refusals: RefusalListener;
  readonly clock: Clock;
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
  readonly addressEvidence: AddressEvidence | null;
}

export type RefusedWebhook = { readonly ok: false; readonly response: Response };

/** The check that stands before every route that Twilio's webhooks come by. */
export function createRequestVerifier(options: RequestVerifierOptions) {
  const { account, address, confirmation, refusals, clock, logger } = options;
  const readRequest = createRequestReader(clock);
  const trustOneConnection = createTrustOneConnection();

  /** `path`: as it stands in the address that Twilio was given, after the public one. What is cheap to see comes first. */
  async function verify(c: WebhookContext, path: string): Promise<VerifiedRequest | RefusedWebhook> {
    const signature = signatureIn(c, account.isProvider);
    if (signature === null) return refuseUnsigned(c);
    const read = await readRequest(c);
    if (!read.ok && read.reason === null)
      return { ok: false, response: c.text("The request ended too early", read.status) };
    if (!read.ok) return refuse(c, read.status, read.reason ?? "");
    const { isPost, json, received, query } = read;
    const parameters = isPost ? received : {};

    const check = checkSignature(account.tokens, { signature, parameters, body: json });
    const checked = await checkAddress(headersOf(c), path + query, check, json !== null);
    if (!checked.ok) {
      refusals.signatureRefused(firstValues(received)["AccountSid"]);
      return refuse(c, 403, checked.problem, "wrong signature");
    }
    trustOneConnection(c, signature);
    // Twilio signs the hash of a JSON body as part of the address. Without a JSON body the hash proves nothing.
    if (json === null && new URLSearchParams(query).has("bodySHA256"))
      return refuse(c, 400, "its address has a bodySHA256, but its body is not JSON");
    const body = json === null ? ({ ok: true, parameters: received } as const) : parseJson(json);
    if (!body.ok) return refuse(c, 400, body.reason);
    const fields = firstValues(body.parameters);
    if (Object.keys(fields).length === 0) return refuse(c, 400, "it has no parameters");
    const source = json !== null ? "json" : isPost ? "form" : "query";
    const problem = parameterProblem({ query, parameters: body.parameters, source }, account);
    if (problem !== null) return refuse(c, problem.status, problem.reason);
    const { proof: addressEvidence } = checked;
    return { ok: true, fields, parameters: body.parameters, signature, query, addressEvidence };
  }

  async function checkAddress(
    headers: AddressHeaders,
    target: string,
    check: SignatureCheck,
    isJson: boolean,
  ): Promise<CheckedSignature> {
    const isSettled = address.source() === "configured" || address.source() === "learnt";
    const bases = address.candidates(headers);
    const urls = bases.map((base) => `${base}${target}`);
    const verified = check.find(urls);
    if (verified !== null) {
      const base = bases[urls.indexOf(verified)] ?? "";
      return { ok: true, proof: isSettled ? null : check.signedBase(base, target) };
    }
    // The following check verifies the URL only. For JSON that is not enough, because its body is signed only through a
    // hash.
    const mayBeElsewhere = address.source() === "learnt" && !isJson;
    const elsewhere = mayBeElsewhere ? signedElsewhere(headers, target, check) : null;
    if (elsewhere !== null && (await confirmation.reachesThisApp(elsewhere)))
      return { ok: true, proof: null };
    const key = account.isProvider ? "webhook_secret" : "auth_token";
    return { ok: false, problem: signatureProblem(key, headers, elsewhere) };
  }

  /** Signed with our key, but for another address than the learnt one: that may be wrong, or another service's. */
  function signedElsewhere(
    headers: AddressHeaders,
    target: string,
    check: SignatureCheck,
  ): AddressEvidence | null {
    for (const base of address.guesses(headers)) {
      const proof = URL.canParse(base) ? check.signedBase(base, target) : null;
      if (proof !== null) return proof;
    }
    return null;
  }

  function signatureProblem(key: string, headers: AddressHeaders, elsewhere: AddressEvidence | null): string {
    const known = address.current();
    if (elsewhere !== null)
      return `it was signed for ${elsewhere.base}, and the app has learnt that its address is ${known}; if that is wrong, press "Forget this address" on the app's page or enter public_url`;
    if (address.source() === "configured" || address.source() === "learnt")
      return `its signature does not fit ${key} and the address ${known}`;
    const [guess = "that it came to"] = address.guesses(headers);
    return `its signature does not fit ${key} and the address ${guess}; if Twilio uses another address or port, enter public_url or let the proxy pass on Host with its port`;
  }

  /** Nothing of its body is read. */
  function refuseUnsigned(c: Context): RefusedWebhook {
    return hasSignature(c, account.isProvider)
      ? refuse(c, 403, "its X-Twilio-Signature does not have the form of a signature")
      : refuse(c, 403, "it has no X-Twilio-Signature");
  }

  /** `kind` groups reasons that differ only in details, so that the log limits them together. */
  function refuse(c: Context, status: 400 | 403 | 405 | 413, reason: string, kind = reason): RefusedWebhook {
    const peer = (c.env as Partial<RequestBindings>).incoming?.socket.remoteAddress ?? "unknown";
    refusals.requestRefused(status, hasSignature(c, account.isProvider));
    const path = c.req.path.length <= LONGEST_PATH ? c.req.path : `${c.req.path.slice(0, LONGEST_PATH)}…`;
    logger.warning(
      `Refused a request to ${path} from ${peer} with ${status}: ${reason}.`,
      `${status} ${kind}`,
    );
    return { ok: false, response: c.text(`Refused: ${reason}.`, status) };
  }

  return {
    verify,
    /** Turns a request away that verified, but must not be answered. */
    refuse: (c: Context, status: 400, reason: string): Response => refuse(c, status, reason).response,
    /** Answers a method that the address does not take; `allowed`: those that it takes. */
    refuseMethod(c: Context, allowed: string): Response {
      c.header("Allow", allowed);
      return refuse(c, 405, `the method is ${c.req.method}`, "wrong method").response;
    },
  };
}

export type RequestVerifier = ReturnType<typeof createRequestVerifier>;

type CheckedSignature =
  | { readonly ok: true; readonly proof: AddressEvidence | null }
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
