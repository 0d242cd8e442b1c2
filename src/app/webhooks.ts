import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Listener } from "../domain/transport.ts";
import type { RefusedWebhookCounter } from "../health/refused-webhooks.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { Journal } from "../journal/journal.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import type { TemporaryFiles } from "../twilio/media/temporary-files.ts";
import { createWebhookApp } from "../twilio/webhooks/http/webhook-app.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import { createWebhookRefusal } from "../twilio/webhooks/verify/refuse-webhook.ts";
import type { WebhookAccount } from "../twilio/webhooks/verify/verify-webhook.ts";
import { createWebhookIntake } from "../twilio/webhooks/webhook-intake.ts";
import type { Calls } from "./calls.ts";
import type { Inbound } from "./inbound.ts";
import type { AppSettings } from "./process/settings.ts";
import type { PublicAddressServices } from "./public-address.ts";

export interface WebhookDependencies {
  readonly settings: Pick<AppSettings, "options" | "secrets" | "listenHost" | "webhookPort" | "transport">;
  /** What this process says at `/health`. */
  readonly identity: string;
  readonly account: Pick<TwilioAccount, "sid" | "signatureTokens">;
  readonly address: PublicAddress;
  readonly checks: PublicAddressServices["checks"];
  readonly journal: Pick<Journal, "canKeep">;
  readonly temporaryFiles: Pick<TemporaryFiles, "find">;
  readonly inbound: Pick<Inbound, "receive">;
  readonly problems: Pick<ProblemWatch, "signatureRefused">;
  readonly calls: Pick<Calls, "answers" | "talkAddresses">;
  readonly refused: Pick<RefusedWebhookCounter, "add">;
  readonly maxConnections: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Begins to listen for Twilio's requests. Disposing answers those that are open, and takes no more.
 *
 * @throws the system's error, such as EADDRINUSE
 */
export async function startWebhooks(parts: WebhookDependencies): Promise<Listener> {
  const { settings, identity, account, address, checks, inbound, problems, calls, clock, logger } = parts;
  const { options, secrets } = settings;
  const webhookAccount: WebhookAccount = {
    accountSid: account.sid,
    tokens: account.signatureTokens,
    isProvider: secrets.webhookSecret !== null,
    hasTwilioSids: options.apiBaseUrl === null,
  };
  const refuse = createWebhookRefusal({ onRefused: parts.refused.add, logger });
  const intake = createWebhookIntake({
    account: webhookAccount,
    confirmation: checks,
    receiver: inbound,
    answers: calls.answers,
    talkAddresses: calls.talkAddresses,
    onWrongSignature: problems.signatureRefused,
    refuse,
    clock,
    logger,
  });
  const webhooks = createWebhookApp({
    identity,
    account: webhookAccount,
    address,
    confirmation: checks,
    intake,
    refuse,
    talkAddresses: calls.talkAddresses,
    temporaryFiles: parts.temporaryFiles,
    canKeep: parts.journal.canKeep,
    clock,
    logger,
  });
  const listener = await settings.transport.listen(webhooks.fetch, {
    host: settings.listenHost,
    port: settings.webhookPort,
    maxConnections: parts.maxConnections,
  });
  logger.info(
    `Listening for Twilio on port ${listener.port}; webhooks go to ${address.current() ?? "<your address>"}/webhook.`,
  );
  return listener;
}
