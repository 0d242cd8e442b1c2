import { Hono } from "hono";

import type { WebhookRoute } from "../../../domain/events/webhook.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { TemporaryFiles } from "../../media/temporary-files.ts";
import type { PublicAddress } from "../public-address.ts";
import type { TalkAddresses } from "../talk/talk-addresses.ts";
import type { WebhookAccount } from "../verify/verify-webhook.ts";
import { TALK_PATH, WEBHOOK_PATHS } from "../webhook-routes.ts";
import { createHttpSource } from "./http-source.ts";
import type { HttpSourceOptions } from "./http-source.ts";
import type { WebhookEnv } from "./read-request.ts";
import { serveTemporaryFiles } from "./serve-temporary-files.ts";
import { createUnknownPath } from "./unknown-path.ts";

export interface WebhookAppOptions extends HttpSourceOptions {
  /** Made anew at each start: tells whoever asks for `/health` which process answers. No secret. */
  readonly identity: string;
  readonly account: Pick<WebhookAccount, "tokens" | "isProvider">;
  readonly address: PublicAddress;
  readonly talkAddresses: Pick<TalkAddresses, "acceptsOld">;
  /** What is offered to Twilio for a while. */
  readonly temporaryFiles: Pick<TemporaryFiles, "find">;
  /** Whether webhooks can be kept at present. */
  readonly canKeep: () => Promise<boolean>;
  readonly logger: Logger;
}

/** People end an address with a slash, too. */
const PATHS = (Object.entries(WEBHOOK_PATHS) as [WebhookRoute, string][]).flatMap(([route, path]) => [
  { path, route },
  { path: `${path}/`, route },
]);

/** The public listener: Twilio's webhooks, what it fetches, and the health check. Everything else is 404. */
export function createWebhookApp(options: WebhookAppOptions): Hono<WebhookEnv> {
  const { account, address, talkAddresses, clock, logger } = options;
  const source = createHttpSource(options);
  const app = new Hono<WebhookEnv>();
  // A proxy may pass the path of public_url through or strip it: what was signed is the same.
  const prefixes = new Set(["", address.path]);
  for (const before of prefixes) {
    app.get(`${before}/health`, async (c) => {
      const canKeep = await options.canKeep();
      const status = canKeep ? "ok" : "cannot keep webhooks: is the disk full?";
      return c.json({ status, app: options.identity }, canKeep ? 200 : 503, { "Cache-Control": "no-store" });
    });
    for (const { path, route } of PATHS) {
      app.on(["GET", "POST"], before + path, (c) => source.answer(c, path, route));
      app.all(before + path, (c) => source.refuseMethod(c, "GET, POST"));
    }
    app.post(before + TALK_PATH, (c) => source.answer(c, TALK_PATH, "talk"));
    app.all(before + TALK_PATH, (c) => source.refuseMethod(c, "POST"));
    // As earlier versions wrote it: until calls that one of them began are over.
    app.post(`${before}${TALK_PATH}/:call/:step`, (c) => {
      if (!talkAddresses.acceptsOld()) return c.notFound();
      const { call, step } = c.req.param();
      return source.answer(c, `${TALK_PATH}/${encodeURIComponent(call)}/${encodeURIComponent(step)}`, "talk");
    });
    app.all(`${before}/media/:token`, serveTemporaryFiles(options.temporaryFiles.find));
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
}
