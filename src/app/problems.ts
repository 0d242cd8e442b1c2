import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notifications } from "../domain/notification.ts";
import { createProblemWatch } from "../health/watch-problems.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";

export interface ProblemWatchDependencies {
  readonly options: Pick<Options, "accountSid">;
  readonly secrets: Pick<Secrets, "webhookSecret">;
  readonly notifications: Notifications;
  readonly address: Pick<PublicAddress, "source" | "current">;
  readonly journal: Pick<Journal, "ourNumbers">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Watches for problems that the user has to solve, and notifies the user. */
export function openProblemWatch({
  options,
  secrets,
  notifications,
  address,
  journal,
  clock,
  logger,
}: ProblemWatchDependencies): ProblemWatch {
  return createProblemWatch({
    notifications,
    accountSid: options.accountSid,
    signatureOption: secrets.webhookSecret === null ? "auth_token" : "webhook_secret",
    // A provisional public address may be wrong, so it is not shown.
    publicAddress: () => (address.source() === "provisional" ? null : address.current()),
    lastWebhookAt: journal.ourNumbers.lastSigned(),
    clock,
    logger,
  });
}
