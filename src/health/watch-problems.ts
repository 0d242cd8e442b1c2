import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Notification, Notifications } from "../domain/notification.ts";
import type { WebhookFailure } from "../setup/checks.ts";
import {
  CREDENTIALS_REFUSED_NOTIFICATION,
  ACCOUNT_WARNINGS_NOTIFICATION_ID,
  accountWarningsNotification,
  RELAY_BUSY_NOTIFICATION_ID,
  relayBusyNotification,
  SIGNATURES_NOTIFICATION_ID,
  signaturesNotification,
  UNREACHABLE_NOTIFICATION_ID,
  unreachableNotification,
} from "./problem-texts.ts";

/** One wrong signature may be anything; so many within this time, in milliseconds, are a wrong option. */
const SIGNATURES = { many: 3, withinMs: 600_000 };
/** Without a wrong signature for this time, in milliseconds, and with a right one since, the trouble is over. */
const CALM_MS = 600_000;
/** A stranger on the internet can cause some notifications: each of them is raised at most once in this time, in ms. */
const RAISE_PERIOD_MS = 3_600_000;

export interface WatchProblemsOptions {
  readonly accountSid: string;
  /** What a user of the provider enters the key of signatures as. */
  readonly signatureOption: "auth_token" | "webhook_secret";
  readonly publicAddress: () => string | null;
  /** When Twilio was last heard before this start, in milliseconds since 1970. */
  readonly lastWebhookAt: number | null;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What both directions tell. Cheap enough to be told of every request. */
export type ProblemWatch = ReturnType<typeof createProblemWatch>;

/**
 * Trouble that lasts until somebody does something raises one notification of its kind, however often it shows. The
 * first sign that it is over dismisses it, except for wrong signatures: a stranger who knows the account SID can send
 * them between honest webhooks, so these are dismissed only after a calm time.
 */
export function createProblemWatch(options: WatchProblemsOptions) {
  const { notifications, clock, logger } = options;
  const lasting = new Map<string, Notification>();
  const known = new Set<string>();
  const raisedAt = new Map<string, number>();
  let refusedAt: number[] = [];
  let lastRefused: number | null = null;
  let isAcceptedSince = false;
  let lastHeard = options.lastWebhookAt ?? 0;

  function notice(trouble: Notification): void {
    known.add(trouble.id);
    if (lasting.get(trouble.id)?.message === trouble.message) return;
    lasting.set(trouble.id, trouble);
    logger.warning(trouble.message, `problem ${trouble.id}`);
    notifications.raise(trouble);
  }

  /** For what a stranger can cause. The time since the last one counts in both directions: the clock may be set back. */
  function noticeSeldom(trouble: Notification): void {
    const last = raisedAt.get(trouble.id);
    if (last !== undefined && Math.abs(clock.now() - last) < RAISE_PERIOD_MS) return;
    if (lasting.get(trouble.id)?.message !== trouble.message) raisedAt.set(trouble.id, clock.now());
    notice(trouble);
  }

  function cureAfterCalm(): void {
    const isCalm = lastRefused === null || Math.abs(clock.now() - lastRefused) >= CALM_MS;
    if (isCalm && isAcceptedSince) cure(SIGNATURES_NOTIFICATION_ID);
  }

  function cure(id: string): void {
    const trouble = lasting.get(id);
    // An earlier process may have raised it.
    if (trouble === undefined && known.has(id)) return;
    lasting.delete(id);
    known.add(id);
    if (trouble !== undefined)
      logger.info(`${trouble.title}: the problem is solved.`, `problem ${id} is over`);
    notifications.dismiss(id);
  }

  return {
    credentialsRefused: (): void => notice(CREDENTIALS_REFUSED_NOTIFICATION),
    credentialsAccepted: (): void => cure(CREDENTIALS_REFUSED_NOTIFICATION.id),
    /** Somebody signed wrongly in the name of `accountSid`. Whoever does not know ours cannot raise anything. */
    signatureRefused(accountSid: string | undefined): void {
      if (accountSid !== options.accountSid) return;
      lastRefused = clock.now();
      isAcceptedSince = false;
      const since = clock.now() - SIGNATURES.withinMs;
      refusedAt = [...refusedAt.filter((at) => at > since), clock.now()].slice(-SIGNATURES.many);
      if (refusedAt.length < SIGNATURES.many) return;
      noticeSeldom(signaturesNotification(options.signatureOption, options.publicAddress()));
    },
    /** A webhook has come through, so that Twilio reaches the app, too. */
    signatureAccepted(): void {
      refusedAt = [];
      lastHeard = clock.now();
      isAcceptedSince = true;
      cureAfterCalm();
      cure(UNREACHABLE_NOTIFICATION_ID);
    },
    /** To be called every minute or so: the calm time may end while no webhook comes. */
    dismissAfterCalm: cureAfterCalm,
    /**
     * The newest that Twilio has recorded; what came through after it has shown that it is over. What the app refuses for
     * its signature stands there, too.
     */
    webhookFailed(failure: WebhookFailure): void {
      if (failure.at > lastHeard && !lasting.has(SIGNATURES_NOTIFICATION_ID))
        noticeSeldom(unreachableNotification(failure));
    },
    /** The webhook relay has brought more requests in one day than the user wants to pay for without being told. */
    relayBusy: (count: number): void => notice(relayBusyNotification(count)),
    relayCalm: (): void => cure(RELAY_BUSY_NOTIFICATION_ID),
    /** A line for each thing that will not work, complete; none dismisses them. */
    accountWarnings(lines: readonly string[]): void {
      if (lines.length > 0) notice(accountWarningsNotification(lines));
      else cure(ACCOUNT_WARNINGS_NOTIFICATION_ID);
    },
    /** Home Assistant forgets its notifications when it restarts. */
    raiseAgain(): void {
      for (const trouble of lasting.values()) notifications.raise(trouble);
    },
  };
}
