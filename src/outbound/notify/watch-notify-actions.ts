import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
import type { NotifyActions } from "../ports.ts";
import type { Notifier } from "./notify-call.ts";
import { originOf } from "./notify-call.ts";
import { notifyGroupYaml } from "./notify-group-yaml.ts";

const NOTIFICATION_ID = "twilio_notify_missing";

/** A reload of Home Assistant's YAML takes an action away and puts it back: only what lasts longer counts. */
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
  /** Home Assistant runs, now or again. */
  check(): void;
  /** One of the actions came or went. */
  changed(): void;
  /** Null while Home Assistant has not answered since the app's start. */
  isMissing(name: string): boolean | null;
}

/**
 * A notifier hears an action of Home Assistant's. Where there is no such action every automation that uses it fails,
 * and the app hears nothing of it; so it asks.
 */
export function createNotifyActionWatch(options: WatchNotifyActionsOptions): NotifyActionWatch {
  const { notifiers, actions, notifications, clock, stopping, logger } = options;
  /** By name; empty until Home Assistant has answered. */
  let isThere: ReadonlyMap<string, boolean> = new Map();
  let asked = 0;

  async function look(afterMs: number): Promise<void> {
    asked += 1;
    const mine = asked;
    if (afterMs > 0) await clock.wait(afterMs, stopping);
    // Asked again meanwhile: that answer is the newer one.
    if (stopping.aborted || mine !== asked) return;
    const answers = await Promise.all(
      notifiers.map(async ({ name }) => [name, await actions.exists(name)] as const),
    );
    if (!stopping.aborted && mine === asked) settle(new Map(answers));
  }

  function settle(answers: ReadonlyMap<string, boolean>): void {
    isThere = answers;
    const missing = notifiers.map(({ name }) => name).filter((name) => answers.get(name) === false);
    if (missing.length === 0) {
      notifications.dismiss(NOTIFICATION_ID);
      return;
    }
    const names = missing.map((name) => originOf({ name })).join(", ");
    const why = `Home Assistant has no action ${names}, so every automation that uses it fails and nothing is sent.`;
    logger.warning(`${why} The notification in Home Assistant shows what to add to configuration.yaml.`);
    notifications.raise({
      id: NOTIFICATION_ID,
      title: "Twilio: notify actions are missing",
      message: [why, ...cure(missing)].join("\n\n"),
    });
  }

  function start(afterMs: number): void {
    look(afterMs).catch((error: unknown) => {
      // It is asked again when Home Assistant is back.
      logger.debug(`Home Assistant could not be asked for its notify actions: ${String(error)}`);
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

function cure(missing: readonly string[]): string[] {
  return [
    "1. Add this to configuration.yaml. If there is a `notify:` already, add only the lines below it:",
    `\`\`\`yaml\n${notifyGroupYaml(missing)}\n\`\`\``,
    "2. Restart Home Assistant.",
    "The empty groups make the actions exist; the app hears them and sends. If you do not need a notifier any more, delete it in the app's options.",
  ];
}
