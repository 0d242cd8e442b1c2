import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { RefusedWebhookCounter } from "../health/refused-webhooks.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { createWebhookRefusal } from "../twilio/webhooks/verify/refuse-webhook.ts";
import type { RefuseWebhook } from "../twilio/webhooks/verify/refuse-webhook.ts";
import type { WebhookAccount } from "../twilio/webhooks/verify/verify-webhook.ts";
import { createWebhookIntake } from "../twilio/webhooks/webhook-intake.ts";
import type { WebhookIntake } from "../twilio/webhooks/webhook-intake.ts";
import type { Calls } from "./calls.ts";
import type { Inbound } from "./inbound.ts";
import type { AppSettings } from "./process/settings.ts";
import type { PublicAddressServices } from "./public-address.ts";

export interface IntakeDependencies {
  readonly settings: Pick<AppSettings, "options" | "secrets">;
  readonly account: Pick<TwilioAccount, "sid" | "signatureTokens">;
  readonly checks: PublicAddressServices["checks"];
  readonly inbound: Pick<Inbound, "receive">;
  readonly problems: Pick<ProblemWatch, "signatureRefused">;
  readonly calls: Pick<Calls, "answers" | "talkAddresses">;
  readonly refused: Pick<RefusedWebhookCounter, "add">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The parts that each source of webhooks (the app's own port and the webhook relay) uses. */
export interface OpenedIntake {
  readonly account: WebhookAccount;
  readonly intake: WebhookIntake;
  readonly refuse: RefuseWebhook;
}

/** Creates the intake, which verifies, stores and answers webhooks from all sources. */
export function openWebhookIntake(parts: IntakeDependencies): OpenedIntake {
  const { settings, account: ours, checks, inbound, problems, calls, clock, logger } = parts;
  const { options, secrets } = settings;
  const account: WebhookAccount = {
    accountSid: ours.sid,
    tokens: ours.signatureTokens,
    isProvider: secrets.webhookSecret !== null,
    hasTwilioSids: options.apiBaseUrl === null,
  };
  const refuse = createWebhookRefusal({ onRefused: parts.refused.add, logger });
  const intake = createWebhookIntake({
    account,
    confirmation: checks,
    receiver: inbound,
    answers: calls.answers,
    talkAddresses: calls.talkAddresses,
    onWrongSignature: problems.signatureRefused,
    refuse,
    clock,
    logger,
  });
  return { account, intake, refuse };
}
