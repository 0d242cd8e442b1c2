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

/**
 * If this number of wrong signatures comes within this time, in milliseconds, an option is probably wrong. A single
 * wrong signature may have another cause.
 */
const SIGNATURES = { many: 3, withinMs: 600_000 };
/**
 * The problem of wrong signatures counts as solved if no wrong signature has come for this time, in milliseconds. In
 * addition, a webhook with a valid signature must have come after the last wrong signature.
 */
const CALM_MS = 600_000;
/**
 * The shortest time between two notifications about the same problem, in milliseconds. It applies to the problems that
 * strangers on the internet can cause.
 */
const RAISE_PERIOD_MS = 3_600_000;

export interface WatchProblemsOptions {
  readonly accountSid: string;
  /** The option with the key that signs webhooks. Twilio signs with the Auth Token, other providers with a secret. */
  readonly signatureOption: "auth_token" | "webhook_secret";
  readonly publicAddress: () => string | null;
  /** The path of the page in Home Assistant on which the user configures this app; null without Supervisor. */
  readonly configurationPath: string | null;
  /** When the last webhook came before this start, in milliseconds since 1970. */
  readonly lastWebhookAt: number | null;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Receives the reports of other parts of the app that a problem has occurred or is solved. */
export type ProblemWatch = ReturnType<typeof createProblemWatch>;

/**
 * Raises one notification for each kind of lasting problem, however often the problem is reported. When a part of the
 * app reports that the problem is solved, the notification is dismissed. But a stranger who knows the account SID can
 * send wrong signatures between real webhooks. So the notification about signatures is dismissed only after a time
 * without them.
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

  /** Raises the notification about a problem that was already logged. */
  function raiseLogged(problem: Notification): void {
    known.add(problem.id);
    const { message } = englishWords(problem);
    if (messageOf(problem.id) === message) return;
    lasting.set(problem.id, problem);
    notifications.raise(problem);
  }

  /**
   * Raises a notification at most once an hour, because strangers can cause it. `Math.abs` also handles a clock that
   * was set back.
   */
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
    // Dismiss the notification even if this process has not raised it: the app may have raised it before its last stop.
    if (problem === undefined && known.has(id)) return;
    lasting.delete(id);
    known.add(id);
    if (problem !== undefined)
      logger.info(`The problem “${englishWords(problem).title}” is solved.`, `problem ${id} is over`);
    notifications.dismiss(id);
  }

  return {
    credentialsRefused: (): void => raise(credentialsRefusedNotification(configurationPath)),
    credentialsAccepted: (): void => dismiss(CREDENTIALS_NOTIFICATION_ID),
    /**
     * Called one time, when the app starts. `notification`: the notification about faulty options; null if all options
     * are valid.
     */
    optionsChecked(notification: Notification | null): void {
      if (notification === null) dismiss(OPTIONS_NOTIFICATION_ID);
      else raiseLogged(notification);
    },
    /**
     * Called for a webhook with a wrong signature. The webhook counts only if `accountSid` is the user's, which most
     * strangers do not know.
     */
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
    /** Called for a webhook with a valid signature. Such a webhook also shows that Twilio reaches the app. */
    signatureAccepted(): void {
      refusedAt = [];
      lastReceivedAt = clock.now();
      isAcceptedSince = true;
      dismissAfterQuietTime();
      dismiss(UNREACHABLE_NOTIFICATION_ID);
    },
    /** Called every minute, so that the notification about wrong signatures does not stay until the next webhook. */
    dismissAfterCalm: dismissAfterQuietTime,
    /**
     * Called with the newest failure in Twilio's log. The failure does not count if a webhook came later. Failures also
     * do not count while the app refuses webhooks for their signatures, because Twilio logs these refusals as failures.
     */
    webhookFailed(failure: WebhookFailure): void {
      if (failure.at > lastReceivedAt && !lasting.has(SIGNATURES_NOTIFICATION_ID))
        raiseAtMostHourly(unreachableNotification(failure, configurationPath));
    },
    /** Called when the webhook relay has brought more webhooks in one day than the option `relay.per_day` allows. */
    relayBusy: (count: number): void => raise(relayBusyNotification(count)),
    relayCalm: (): void => dismiss(RELAY_BUSY_NOTIFICATION_ID),
    /** Called with all present account warnings. An empty list dismisses their notification. */
    accountWarnings(warnings: readonly AccountWarning[]): void {
      if (warnings.length > 0) raise(accountWarningsNotification(warnings));
      else dismiss(ACCOUNT_WARNINGS_NOTIFICATION_ID);
    },
    /** Raises the notifications of all present problems again, because Home Assistant loses them when it restarts. */
    raiseAgain(): void {
      for (const problem of lasting.values()) notifications.raise(problem);
    },
  };
}

/** Replaces each link in a text by the words of the link, because the log cannot show links. */
function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}
