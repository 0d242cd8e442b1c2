import type { Notifications } from "../domain/notification.ts";
import { NO_OPTION_PROBLEMS, optionsNotification } from "../health/option-problems.ts";
import { createProblemWatch } from "../health/watch-problems.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { Journal } from "../journal/journal.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

export interface ProblemWatchDependencies {
  readonly settings: Pick<
    AppSettings,
    "options" | "secrets" | "optionProblems" | "configurationPath" | "clock" | "logger"
  >;
  readonly notifications: Notifications;
  readonly address: Pick<PublicAddress, "source" | "current">;
  readonly journal: Pick<Journal, "ourNumbers">;
}

/** Watches for problems that the user has to solve, and notifies the user. */
export function openProblemWatch({
  settings,
  notifications,
  address,
  journal,
}: ProblemWatchDependencies): ProblemWatch {
  const { options, secrets, clock, logger } = settings;
  const { optionProblems = NO_OPTION_PROBLEMS, configurationPath = null } = settings;
  const problems = createProblemWatch({
    notifications,
    accountSid: options.accountSid,
    signatureOption: secrets.webhookSecret === null ? "auth_token" : "webhook_secret",
    // A provisional public address is not confirmed and may be wrong, so problems do not show it.
    publicAddress: () => (address.source() === "provisional" ? null : address.current()),
    configurationPath,
    lastWebhookAt: journal.ourNumbers.lastSigned(),
    clock,
    logger,
  });
  const { sentences } = optionProblems;
  problems.optionsChecked(sentences.length === 0 ? null : optionsNotification(sentences, configurationPath));
  return problems;
}
