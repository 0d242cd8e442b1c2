import { Hono } from "hono";

import type { Clock } from "../../domain/clock.ts";
import { classifyWebhook, messageSid } from "../../domain/events/webhook.ts";
import type { WebhookFields, WebhookKind } from "../../domain/events/webhook.ts";
import type { WebhookRoute } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AddressConfirmation } from "../../inbound/confirm-address.ts";
import type { WebhookReceiver } from "../../inbound/receive-webhook.ts";
import type { TemporaryFiles } from "../media/temporary-files.ts";
import { createAnsweredWebhooks } from "./answered-webhooks.ts";
import { dedupeKey } from "./dedupe-key.ts";
import type { PublicAddress } from "./public-address.ts";
import { serveMedia } from "./serve-media.ts";
import type { TalkAddresses } from "./talk/talk-addresses.ts";
import { createTalkRoute } from "./talk/talk-route.ts";
import type { TwimlAnswers } from "./twiml-answers.ts";
import { createUnknownPath } from "./unknown-path.ts";
import type { WebhookContext, WebhookEnv } from "./verify/read-request.ts";
import { createRequestVerifier } from "./verify/verify-request.ts";
import type { RefusalListener, WebhookAccount } from "./verify/verify-request.ts";

export interface WebhookAppOptions {
  /** Made anew at each start: tells whoever asks for `/health` which process answers. No secret. */
  readonly identity: string;
  readonly account: WebhookAccount;
  readonly address: PublicAddress;
  /** Called for each webhook whose signature is valid for an address that the app has not learnt yet. */
  readonly confirmation: Pick<AddressConfirmation, "considerAddress" | "reachesThisApp">;
  readonly receiver: Pick<WebhookReceiver, "receive">;
  readonly answers: TwimlAnswers;
  readonly talkAddresses: Pick<TalkAddresses, "read" | "acceptsOld">;
  /** What is offered to Twilio for a while. */
  readonly temporaryFiles: Pick<TemporaryFiles, "find">;
  /** Whether webhooks can be kept at present. */
  readonly canKeep: () => Promise<boolean>;
  readonly refusals: RefusalListener;
  readonly clock: Clock;
  readonly logger: Logger;
}

const ROUTES: Readonly<Record<string, WebhookRoute>> = {
  "/webhook": "webhook",
  "/status/message": "message_status",
  "/status/call": "call_status",
  "/recording": "recording",
};

/** People end an address with a slash, too. */
const WAYS = Object.entries(ROUTES).flatMap(([path, route]) => [
  [path, route] as const,
  [`${path}/`, route] as const,
]);

/** The public listener: Twilio's webhooks, what it fetches, and the health check. Everything else is 404. */
export function createWebhookApp(options: WebhookAppOptions): Hono<WebhookEnv> {
  const { account, address, confirmation, answers, talkAddresses, refusals, clock, logger } = options;
  const verifier = createRequestVerifier({ account, address, confirmation, refusals, clock, logger });
  const answered = createAnsweredWebhooks();
  const talkRoute = createTalkRoute({ verifier, talkAddresses, account, answers, clock, logger });
  const app = new Hono<WebhookEnv>();
  // A proxy may pass the path of public_url through or strip it: what was signed is the same.
  const prefixes = new Set(["", address.path]);
  for (const before of prefixes) {
    app.get(`${before}/health`, async (c) => {
      const canKeep = await options.canKeep();
      const status = canKeep ? "ok" : "cannot keep webhooks: is the disk full?";
      return c.json({ status, app: options.identity }, canKeep ? 200 : 503, { "Cache-Control": "no-store" });
    });
    for (const [path, route] of WAYS) {
      app.on(["GET", "POST"], before + path, (c) => webhook(c, path, route));
      app.all(before + path, (c) => verifier.refuseMethod(c, "GET, POST"));
    }
    app.post(`${before}/talk`, talkRoute.talk);
    app.all(`${before}/talk`, (c) => verifier.refuseMethod(c, "POST"));
    app.post(`${before}/talk/:call/:step`, talkRoute.oldTalk);
    app.all(`${before}/media/:token`, serveMedia(options.temporaryFiles.find));
  }
  app.notFound(createUnknownPath({ address, account, clock, logger }));
  app.onError((error, c) => {
    logger.error(
      `A webhook could not be kept, so Twilio was told to try again: ${error.message}`,
      "webhook not kept",
    );
    return c.text("Cannot keep this now", 503);
  });
  return app;

  async function webhook(c: WebhookContext, path: string, route: WebhookRoute): Promise<Response> {
    const arrival = answered.started();
    const request = await verifier.verify(c, path);
    if (!request.ok) return request.response;
    const { fields, parameters, signature, query, addressEvidence } = request;
    const kind = classifyWebhook(route, fields);
    const key = dedupeKey({
      kind,
      route,
      isPost: c.req.method === "POST",
      fields,
      parameters,
      signature,
      idempotencyToken: c.req.header("i-twilio-idempotency-token"),
      wasAnswered: (known) => answered.wasAnswered(known, arrival),
    });
    const reference = route === "webhook" ? null : new URLSearchParams(query).get("ref");
    await options.receiver.receive(fields, key, { kind, route, reference });
    if (addressEvidence !== null)
      confirmation.considerAddress({ ...addressEvidence, messageSid: messageIn(kind, fields) });
    if (route !== "webhook") return c.body(null, 204);
    const twiml = await answers.answer(kind, fields, signature);
    if (key.identicalWebhook !== null) answered.answered(key.key);
    return c.body(twiml, 200, { "Content-Type": "text/xml; charset=utf-8" });
  }
}

/** The message whose webhook shows the port that was signed. */
function messageIn(kind: WebhookKind, fields: WebhookFields): string | null {
  switch (kind) {
    case "message":
    case "message_status":
      return messageSid(fields) ?? null;
    case "incoming_call":
    case "call":
    case "call_status":
    case "recording":
    case "other":
      return null;
  }
}
