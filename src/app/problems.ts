import type { Logger } from "../domain/log/logger.ts";
import { createTroubleWatch } from "../health/watch-problems.ts";
import type { TroubleWatch } from "../health/watch-problems.ts";
import type { Notifications } from "../home-assistant/notifications.ts";
import type { Store } from "../journal/journal.ts";
import type { Options, Secrets } from "../options/options.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";

export interface TroubleParts {
  readonly options: Pick<Options, "accountSid">;
  readonly secrets: Pick<Secrets, "webhookSecret">;
  readonly notifications: Pick<Notifications, "raise" | "dismiss">;
  readonly address: Pick<PublicAddress, "source" | "known">;
  readonly store: Pick<Store, "missedSince">;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Watches for trouble that lasts until the user does something about it. */
export function openTrouble({
  options,
  secrets,
  notifications,
  address,
  store,
  now,
  logger,
}: TroubleParts): TroubleWatch {
  return createTroubleWatch({
    raise: notifications.raise,
    dismiss: notifications.dismiss,
    accountSid: options.accountSid,
    signatureOption: secrets.webhookSecret === null ? "auth_token" : "webhook_secret",
    // A provisional address may be a wrong one.
    publicAddress: () => (address.source() === "provisional" ? null : address.known()),
    lastHeard: store.missedSince,
    now,
    logger,
  });
}
