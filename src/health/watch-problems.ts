import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import { englishWords } from "../domain/notification.ts";
import type { Notification, Notifications } from "../domain/notification.ts";
import type { WebhookFailure } from "../setup/checks.ts";
import { ACCOUNT_WARNINGS_NOTIFICATION_ID, accountWarningsNotification } from "./account-warnings.ts";
import type { AccountWarning } from "./account-warnings.ts";
import { OPTIONS_NOTIFICATION_ID } from "./option-problems.ts";
import {
  CREDENTIALS_NOTIFICATION_ID,
  credentialsRefusedNotification,
  RELAY_BUSY_NOTIFICATION_ID,
  relayBusyNotification,
  SIGNATURES_NOTIFICATION_ID,
  signaturesNotification,
  UNREACHABLE_NOTIFICATION_ID,
  unreachableNotification,
} from "./problem-texts.ts";

/** This number of wrong signatures within this time, in milliseconds, means a wrong option. One alone may be chance. */
const SIGNATURES = { many: 3, withinMs: 600_000 };
/** The problem is solved if no wrong signature came for this time in milliseconds, and a valid one came since. */
const CALM_MS = 600_000;
/** Strangers on the internet can cause some notifications, so each is raised at most once in this time, in ms. */
const RAISE_PERIOD_MS = 3_600_000;

export interface WatchProblemsOptions {
  readonly accountSid: string;
  /** The option that has the key of signatures, which depends on the provider. */
  readonly signatureOption: "auth_token" | "webhook_secret";
  readonly publicAddress: () => string | null;
  /** The page of the app's configuration, which notifications link to; null without Supervisor. */
  readonly configurationPath: string | null;
  /** When the last webhook was received before this start, in milliseconds since 1970. */
  readonly lastWebhookAt: number | null;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Receives signs of problems and of their solution. Cheap enough to be called for every webhook and delivery. */
export type ProblemWatch = ReturnType<typeof createProblemWatch>;

/**
 * Raises one notification for each kind of lasting problem, however often its signs repeat. The first sign of a solution
 * dismisses it. Wrong signatures are an exception, because a stranger who knows the account SID can send them between
 * real webhooks. They are dismissed only after a quiet time.
 */
export function createProblemWatch(options: WatchProblemsOptions) {
  const { configurationPath, notifications, clock, logger } = options;
  const lasting = new Map<string, Notification>();
  const known = new Set<string>();
  const raisedAt = new Map<string, number>();
  let refusedAt: number[] = [];
  let lastRefused: number | null = null;
  let isAcceptedSince = false;
  let lastReceivedAt = options.lastWebhookAt ?? 0;

  function messageOf(id: string): string | null {
    const problem = lasting.get(id);
    return problem === undefined ? null : englishWords(problem).message;
  }

  function raise(problem: Notification): void {
    const { message } = englishWords(problem);
    if (messageOf(problem.id) !== message) logger.warning(withoutLinks(message), `problem ${problem.id}`);
    raiseLogged(problem);
  }

  /** Raises the notification about a problem that is in the log already. */
  function raiseLogged(problem: Notification): void {
    known.add(problem.id);
    const { message } = englishWords(problem);
    if (messageOf(problem.id) === message) return;
    lasting.set(problem.id, problem);
    notifications.raise(problem);
  }

  /** Raises a notification at most once an hour, because strangers can cause it. The clock may be set back, so the difference is absolute. */
  function raiseAtMostHourly(problem: Notification): void {
    const last = raisedAt.get(problem.id);
    if (last !== undefined && Math.abs(clock.now() - last) < RAISE_PERIOD_MS) return;
    if (messageOf(problem.id) !== englishWords(problem).message) raisedAt.set(problem.id, clock.now());
    raise(problem);
  }

  function dismissAfterQuietTime(): void {
    const isCalm = lastRefused === null || Math.abs(clock.now() - lastRefused) >= CALM_MS;
    if (isCalm && isAcceptedSince) dismiss(SIGNATURES_NOTIFICATION_ID);
  }

  function dismiss(id: string): void {
    const problem = lasting.get(id);
    // Dismissed even if this process has not raised it, because an earlier process may have.
    if (problem === undefined && known.has(id)) return;
    lasting.delete(id);
    known.add(id);
    if (problem !== undefined)
      logger.info(`${englishWords(problem).title}: the problem is solved.`, `problem ${id} is over`);
    notifications.dismiss(id);
  }

  return {
    credentialsRefused: (): void => raise(credentialsRefusedNotification(configurationPath)),
    credentialsAccepted: (): void => dismiss(CREDENTIALS_NOTIFICATION_ID),
    /** Called one time at the start, with the notification about faulty options; null if all are valid. */
    optionsChecked(notification: Notification | null): void {
      if (notification === null) dismiss(OPTIONS_NOTIFICATION_ID);
      else raiseLogged(notification);
    },
    /** Called for a wrong signature. Ignored unless `accountSid` is the user's, so that strangers cannot raise it. */
    signatureRefused(accountSid: string | undefined): void {
      if (accountSid !== options.accountSid) return;
      lastRefused = clock.now();
      isAcceptedSince = false;
      const since = clock.now() - SIGNATURES.withinMs;
      refusedAt = [...refusedAt.filter((at) => at > since), clock.now()].slice(-SIGNATURES.many);
      if (refusedAt.length < SIGNATURES.many) return;
      raiseAtMostHourly(
        signaturesNotification(options.signatureOption, options.publicAddress(), configurationPath),
      );
    },
    /** Called for a valid signature, which also shows that Twilio reaches the app. */
    signatureAccepted(): void {
      refusedAt = [];
      lastReceivedAt = clock.now();
      isAcceptedSince = true;
      dismissAfterQuietTime();
      dismiss(UNREACHABLE_NOTIFICATION_ID);
    },
    /** To be called about every minute, because the quiet time may end while no webhook comes. */
    dismissAfterCalm: dismissAfterQuietTime,
    /**
     * Called with the newest failure in Twilio's log. Ignored if a webhook came later, or if webhooks are refused for their
     * signature, because Twilio's log contains those as well.
     */
    webhookFailed(failure: WebhookFailure): void {
      if (failure.at > lastReceivedAt && !lasting.has(SIGNATURES_NOTIFICATION_ID))
        raiseAtMostHourly(unreachableNotification(failure, configurationPath));
    },
    /** Called when the webhook relay has brought more webhooks in one day than the option `per_day` of `relay` says. */
    relayBusy: (count: number): void => raise(relayBusyNotification(count)),
    relayCalm: (): void => dismiss(RELAY_BUSY_NOTIFICATION_ID),
    /** Called with all account warnings; an empty list dismisses the notification. */
    accountWarnings(warnings: readonly AccountWarning[]): void {
      if (warnings.length > 0) raise(accountWarningsNotification(warnings));
      else dismiss(ACCOUNT_WARNINGS_NOTIFICATION_ID);
    },
    /** Raises all present notifications again, because Home Assistant loses them when it restarts. */
    raiseAgain(): void {
      for (const problem of lasting.values()) notifications.raise(problem);
    },
  };
}

/** The text for the log, which shows no links. */
function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}
