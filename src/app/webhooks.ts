import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Listener } from "../domain/transport.ts";
import type { Journal } from "../journal/journal.ts";
import type { TemporaryFiles } from "../twilio/media/temporary-files.ts";
import { createHealthCheck } from "../twilio/webhooks/http/health-check.ts";
import { createWebhookApp } from "../twilio/webhooks/http/webhook-app.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { Calls } from "./calls.ts";
import type { AppSettings } from "./process/settings.ts";
import type { PublicAddressServices } from "./public-address.ts";
import type { OpenedIntake } from "./webhook-intake.ts";

export interface WebhookDependencies {
  readonly settings: Pick<AppSettings, "listenHost" | "webhookPort" | "transport">;
  /**
   * A random ID of this process. The app returns it at `/health`, so the check of the public address recognises this
   * process.
   */
  readonly identity: string;
  readonly opened: OpenedIntake;
  readonly address: PublicAddress;
  readonly checks: PublicAddressServices["checks"];
  readonly journal: Pick<Journal, "canKeep">;
  readonly temporaryFiles: Pick<TemporaryFiles, "find">;
  readonly calls: Pick<Calls, "talkAddresses">;
  readonly maxConnections: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Starts the listener for Twilio's webhooks. Disposing accepts no more webhooks and answers the open ones.
 *
 * @throws the system's error, such as EADDRINUSE
 */
export async function startWebhooks(parts: WebhookDependencies): Promise<Listener> {
  const { settings, identity, opened, address, checks, calls, clock, logger } = parts;
  const webhooks = createWebhookApp({
    account: opened.account,
    address,
    confirmation: checks,
    intake: opened.intake,
    refuse: opened.refuse,
    talkAddresses: calls.talkAddresses,
    temporaryFiles: parts.temporaryFiles,
    clock,
    logger,
  });
  const listener = await settings.transport.listen(webhooks.fetch, {
    host: settings.listenHost,
    port: settings.webhookPort,
    maxConnections: parts.maxConnections,
    health: createHealthCheck({ identity, address, canKeep: parts.journal.canKeep }),
  });
  logger.info(
    `Listening for Twilio on port ${listener.port}; webhooks go to ${address.current() ?? "<your public address>"}/webhook.`,
  );
  return listener;
}
