import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notification, Notifications } from "../../domain/notification.ts";
import { NOTIFICATIONS_EN } from "../../texts/en/notifications.ts";
import type { NotifyActions } from "../ports.ts";
import type { Notifier } from "./notify-call.ts";
import { originOf } from "./notify-call.ts";
import { notifyGroupYaml } from "./notify-group-yaml.ts";

const NOTIFICATION_ID = "twilio_notify_missing";

/**
 * A reload of Home Assistant's YAML removes an action and adds it again. An absence shorter than this, in milliseconds,
 * is ignored.
 */
const SETTLE_MS = 1_000;

export interface WatchNotifyActionsOptions {
  readonly notifiers: readonly Pick<Notifier, "name">[];
  readonly actions: Pick<NotifyActions, "exists">;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

export interface NotifyActionWatch {
  /** Called for each new connection to Home Assistant. */
  check(): void;
  /** Called when Home Assistant added or removed the action of a notifier. */
  changed(): void;
  /** Whether Home Assistant lacks the action. Null until Home Assistant has answered for the first time. */
  isMissing(name: string): boolean | null;
}

/**
 * Checks whether Home Assistant has the actions of the notifiers. If an action is missing, automations that use it
 * fail, and the app gets no request.
 */
export function createNotifyActionWatch(options: WatchNotifyActionsOptions): NotifyActionWatch {
  const { notifiers, actions, notifications, clock, stopping, logger } = options;
  /** Whether Home Assistant has each action, by the action's name. Empty until Home Assistant has answered. */
  let isThere: ReadonlyMap<string, boolean> = new Map();
  let rounds = 0;

  async function check(afterMs: number): Promise<void> {
    rounds += 1;
    const round = rounds;
    if (afterMs > 0) await clock.wait(afterMs, stopping);
    // A newer check has started during the wait, so this check is not needed.
    if (stopping.aborted || round !== rounds) return;
    const answers = await Promise.all(
      notifiers.map(async ({ name }) => [name, await actions.exists(name)] as const),
    );
    if (!stopping.aborted && round === rounds) settle(new Map(answers));
  }

  function settle(answers: ReadonlyMap<string, boolean>): void {
    isThere = answers;
    const missing = notifiers.map(({ name }) => name).filter((name) => answers.get(name) === false);
    if (missing.length === 0) {
      notifications.dismiss(NOTIFICATION_ID);
      return;
    }
    const names = missing.map((name) => originOf({ name })).join(", ");
    const notification = missingNotification(names, missing);
    logger.warning(
      `${NOTIFICATIONS_EN.actionsMissing.why(names)} The notification in Home Assistant shows what to add to configuration.yaml.`,
    );
    notifications.raise(notification);
  }

  function start(afterMs: number): void {
    check(afterMs).catch((error: unknown) => {
      // No warning is needed, because the next connection to Home Assistant begins a new check.
      logger.debug(`The app could not read Home Assistant's notify actions: ${String(error)}`);
    });
  }

  return {
    check: () => start(0),
    changed: () => start(SETTLE_MS),
    isMissing(name) {
      const known = isThere.get(name);
      return known === undefined ? null : !known;
    },
  };
}

function missingNotification(names: string, missing: readonly string[]): Notification {
  return {
    id: NOTIFICATION_ID,
    say: ({ notifications: { actionsMissing: said } }) => ({
      title: said.title,
      message: [
        said.why(names),
        said.add,
        `\`\`\`yaml\n${notifyGroupYaml(missing)}\n\`\`\``,
        said.restart,
        said.then,
      ].join("\n\n"),
    }),
  };
}
