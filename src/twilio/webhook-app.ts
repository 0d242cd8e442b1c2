import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Context } from "hono";

import { classifyWebhook } from "../domain/classify-webhook.ts";
import type { WebhookFields, WebhookKind } from "../domain/classify-webhook.ts";
import type { Logger } from "../domain/logger.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { WebhookRoute, WebhookSource } from "../domain/webhook-source.ts";
import { dedupeKey } from "./dedupe-key.ts";
import type { MediaShelf } from "./media-shelf.ts";
import { firstValues, parseForm } from "./parse-form.ts";
import type { FormParameters } from "./parse-form.ts";
import type { PublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { serveMedia } from "./serve-media.ts";
import { verifySignature } from "./verify-signature.ts";

/** Twilio's own limit for what we answer is 64 kB; its requests are far below this. */
const MOST_BODY_BYTES = 256 * 1024;

const SIGNATURE = "x-twilio-signature";
/** Made in the same way. Source: developer.signalwire.com/guides/webhook-security */
const PROVIDER_SIGNATURE = "x-signalwire-signature";

export interface WebhookAppOptions {
  readonly address: PublicAddress;
  /** Auth tokens whose signatures are accepted: the present one and, while it is rotated, the previous. */
  readonly tokens: readonly string[];
  /** True where a compatible provider signs, with a key of its own and maybe in a header of its own. */
  readonly isProvider: boolean;
  /** Keeps a verified webhook. Rejects if it cannot: then Twilio is told so and nothing is acknowledged. */
  readonly receive: (fields: WebhookFields, key: WebhookKey, source: WebhookSource) => Promise<void>;
  /** Whether webhooks can be kept at present. */
  readonly canKeep: () => Promise<boolean>;
  /** What is offered to Twilio for a while. */
  readonly findMedia: MediaShelf["find"];
  /** Told of each signature what it was worth, and in the name of which account a wrong one was made. */
  readonly signatureAccepted: () => void;
  readonly signatureRefused: (accountSid: string | undefined) => void;
  /** The TwiML that a kind of webhook is answered with. */
  readonly answer: (kind: WebhookKind) => Promise<string>;
  readonly logger: Logger;
}

type Env = { Bindings: HttpBindings };

const ROUTES: Readonly<Record<string, WebhookRoute>> = {
  "/webhook": "webhook",
  "/status/message": "message_status",
  "/status/call": "call_status",
};

/** The public listener: Twilio's webhooks, what it fetches, and the health check. Everything else is 404. */
export function createWebhookApp(options: WebhookAppOptions): Hono<Env> {
  const { address, logger } = options;
  const app = new Hono<Env>();
  app.get("/health", async (c) =>
    (await options.canKeep())
      ? c.json({ status: "ok" })
      : c.json({ status: "cannot keep webhooks: is the disk full?" }, 503),
  );

  // A proxy may pass the path of public_url through or strip it: what was signed is the same.
  for (const [path, route] of Object.entries(ROUTES)) {
    for (const seen of new Set([path, address.path + path])) {
      app.on(["GET", "POST"], seen, (c) => webhook(c, path, route));
      app.all(seen, (c) => {
        c.header("Allow", "GET, POST");
        return refuse(c, 405, `the method is ${c.req.method}`);
      });
    }
  }
  for (const before of new Set(["", address.path])) {
    app.all(`${before}/media/:token`, serveMedia(options.findMedia));
  }
  app.notFound((c) => c.text("Not found", 404));
  app.onError((error, c) => {
    logger.error(`A webhook could not be kept, so Twilio was told to try again: ${error.message}`);
    return c.text("Cannot keep this now", 503);
  });
  return app;

  async function webhook(c: Context<Env>, path: string, route: WebhookRoute): Promise<Response> {
    const query = rawQuery(c.env.incoming.url ?? "");
    const isPost = c.req.method === "POST";
    let text: string | null;
    try {
      text = isPost ? await readBody(c.env.incoming, MOST_BODY_BYTES) : "";
    } catch {
      // Nobody is there any more to be told anything.
      return c.text("The request broke off", 400);
    }
    if (text === null) return refuse(c, 413, "the body is too large");
    const isJson = isPost && c.req.header("content-type")?.startsWith("application/json") === true;
    const parameters = isPost && !isJson ? parseForm(text) : {};
    const received = isPost ? parameters : parseForm(query.slice(1));

    const problem = checkSignature(c, path + query, parameters, isJson ? text : null);
    if (problem !== null) {
      if (signatureOf(c) !== "") options.signatureRefused(firstValues(received)["AccountSid"]);
      return refuse(c, 403, problem);
    }
    options.signatureAccepted();
    if (isJson) return refuse(c, 415, "it is JSON, and this address takes Twilio's form-encoded webhooks");

    const fields = firstValues(received);
    if (Object.keys(fields).length === 0) return refuse(c, 400, "it has no parameters");

    const kind = classifyWebhook(route, fields);
    const key = dedupeKey({
      kind,
      fields,
      parameters: received,
      signature: signatureOf(c),
      idempotencyToken: c.req.header("i-twilio-idempotency-token"),
    });
    const reference = route === "webhook" ? null : new URLSearchParams(query).get("ref");
    await options.receive(fields, key, { route, reference });
    if (route !== "webhook") return c.body(null, 204);
    return c.body(await options.answer(kind), 200, {
      "Content-Type": "text/xml; charset=utf-8",
    });
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
    return c.req.header(SIGNATURE) || (options.isProvider && c.req.header(PROVIDER_SIGNATURE)) || "";
  }

  function refuse(c: Context, status: 400 | 403 | 405 | 413 | 415, reason: string): Response {
    const peer = (c.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? "unknown";
    logger.warning(`Refused a request to ${c.req.path} from ${peer} with ${status}: ${reason}.`);
    return c.text(`Refused: ${reason}.`, status);
  }
}

/** The query as it came, with its `?`: any normalising would break the signature. */
function rawQuery(target: string): string {
  const start = target.indexOf("?");
  return start === -1 ? "" : target.slice(start);
}
