import { Hono } from "hono";

import { TALK_PATH, WEBHOOK_PATHS } from "../../../domain/events/webhook-routes.ts";
import type { WebhookRoute } from "../../../domain/events/webhook.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { TemporaryFiles } from "../../media/temporary-files.ts";
import type { PublicAddress } from "../public-address.ts";
import type { TalkAddresses } from "../talk/talk-addresses.ts";
import type { WebhookAccount } from "../verify/verify-webhook.ts";
import { createHttpSource } from "./http-source.ts";
import type { HttpSourceOptions } from "./http-source.ts";
import type { WebhookEnv } from "./read-request.ts";
import { serveTemporaryFiles } from "./serve-temporary-files.ts";
import { createUnknownPath } from "./unknown-path.ts";

export interface WebhookAppOptions extends HttpSourceOptions {
  readonly account: Pick<WebhookAccount, "tokens" | "isProvider">;
  readonly address: PublicAddress;
  readonly talkAddresses: Pick<TalkAddresses, "acceptsOld">;
  /** The files that the app publishes for Twilio. */
  readonly temporaryFiles: Pick<TemporaryFiles, "find">;
  readonly logger: Logger;
}

/** The paths of all routes, with and without a slash at the end, because users may enter both at Twilio. */
const PATHS = (Object.entries(WEBHOOK_PATHS) as [WebhookRoute, string][]).flatMap(([route, path]) => [
  { path, route },
  { path: `${path}/`, route },
]);

/** Creates the handler of the public port, for webhooks and published files. Answers 404 to everything else. */
export function createWebhookApp(options: WebhookAppOptions): Hono<WebhookEnv> {
  const { account, address, talkAddresses, clock, logger } = options;
  const source = createHttpSource(options);
  const app = new Hono<WebhookEnv>();
  // A proxy may forward the path of `public_url` or remove it. Twilio signs the same URL in both cases.
  const prefixes = new Set(["", address.path]);
  for (const before of prefixes) {
    for (const { path, route } of PATHS) {
      app.on(["GET", "POST"], before + path, (c) => source.answer(c, path, route));
      app.all(before + path, (c) => source.refuseMethod(c, "GET, POST"));
    }
    app.post(before + TALK_PATH, (c) => source.answer(c, TALK_PATH, "talk"));
    app.all(before + TALK_PATH, (c) => source.refuseMethod(c, "POST"));
    // Calls that an earlier version of the app began still use this form of the URL.
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
      `The app could not store a webhook, and answered 503 so that Twilio retries. Make sure that the disk is not full. The error was: ${error.message}`,
      "webhook not stored",
    );
    return c.text("The app cannot store this now", 503);
  });
  return app;
}
