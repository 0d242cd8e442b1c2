import type { Context } from "hono";

import type { Clock } from "../../../domain/clock.ts";
import type { RequestBindings } from "../../../domain/transport.ts";
import type { AddressHeaders } from "../public-address.ts";
import { parseForm } from "../verify/parse-form.ts";
import type { FormParameters } from "../verify/parse-form.ts";
import type { WebhookOrigin } from "../verify/refuse-webhook.ts";
import { hasTooManyParameters, isSignature, MAX_BODY_BYTES } from "../verify/webhook-limits.ts";
import { createBodyReader } from "./read-large-bodies.ts";

/**
 * The environment of Hono's handlers: Node's objects for the request, and `trust`. A handler calls `trust` when it
 * knows that Twilio sent the request; its connection then has priority over others.
 */
export type WebhookEnv = { Bindings: RequestBindings };
export type WebhookContext = Context<WebhookEnv>;

const SIGNATURE = "x-twilio-signature";
/**
 * The signature header of SignalWire, a compatible provider that signs like Twilio. Source:
 * developer.signalwire.com/guides/webhook-security
 */
const PROVIDER_SIGNATURE = "x-signalwire-signature";

/** The parts of a request that its signature covers. */
export interface ReadableRequest {
  readonly ok: true;
  readonly isPost: boolean;
  /** The raw body of a JSON request; null for a form. */
  readonly json: string | null;
  /** The parameters of the body, or of the query for GET; empty for JSON. */
  readonly parameters: FormParameters;
  /** The query of the URL, with its `?`; empty if the URL has no query. */
  readonly query: string;
}

export interface UnreadableRequest {
  readonly ok: false;
  readonly status: 400 | 413;
  /** Why the app did not accept the request; null if the connection is already closed. */
  readonly reason: string | null;
}

export type ReadRequest = (c: WebhookContext) => Promise<ReadableRequest | UnreadableRequest>;

/** Creates a function that reads requests, and refuses those that exceed the limits of a webhook. */
export function createRequestReader(clock: Clock): ReadRequest {
  const readBody = createBodyReader(MAX_BODY_BYTES, clock);

  return async (c) => {
    const query = rawQuery(c.env.incoming.url ?? "");
    const isPost = c.req.method === "POST";
    let text: string | null;
    try {
      text = await readBody(c.env.incoming, isPost);
    } catch {
      return { ok: false, status: 400, reason: null };
    }
    if (text === null) return { ok: false, status: 413, reason: "the body is too large" };
    const json = isPost && isJsonType(c.req.header("content-type")) ? text : null;
    if (hasTooManyParameters(query) || (json === null && hasTooManyParameters(text)))
      return { ok: false, status: 413, reason: "it has too many parameters" };
    const parameters = json !== null ? {} : parseForm(isPost ? text : query.slice(1));
    return { ok: true, isPost, json, parameters, query };
  };
}

/** Returns the signature in a request's headers. Returns null if no header has the form of a signature. */
export function signatureIn(c: Context, isProvider: boolean): string | null {
  return (
    [SIGNATURE, ...(isProvider ? [PROVIDER_SIGNATURE] : [])]
      .map((name) => c.req.header(name))
      .find(isSignature) ?? null
  );
}

/** Describes where a request came from, for the log. */
export function originOf(c: Context, isProvider: boolean): WebhookOrigin {
  return {
    sender: (c.env as Partial<RequestBindings>).incoming?.socket.remoteAddress ?? "unknown",
    path: c.req.path,
    isSigned: Boolean(c.req.header(SIGNATURE) || (isProvider && c.req.header(PROVIDER_SIGNATURE))),
  };
}

/** Returns the headers by which the app guesses its public address. */
export function headersOf(c: Context): AddressHeaders {
  return {
    host: c.req.header("host"),
    forwardedHost: c.req.header("x-forwarded-host"),
    forwardedProto: c.req.header("x-forwarded-proto"),
    forwardedPort: c.req.header("x-forwarded-port"),
  };
}

/** Whether the body is JSON. Twilio signs such a body by its hash. */
function isJsonType(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(contentType?.trim() ?? "");
}

/** Returns the query as it was received, with its `?`. After any change, the signature would be wrong. */
function rawQuery(target: string): string {
  const start = target.indexOf("?");
  return start === -1 ? "" : target.slice(start);
}
