import type { Notification } from "../domain/notification.ts";

/**
 * The problems of the options that the user has entered. Not every problem is in `refused`: some sentences are about
 * unknown options, or about valid values that are probably a mistake.
 */
export interface OptionProblems {
  /** A sentence about each problem. It contains no secrets and no whole phone numbers. */
  readonly sentences: readonly string[];
  /** The names of the options that the app does not use, or not completely, as the user entered them. */
  readonly refused: readonly string[];
}

export const NO_OPTION_PROBLEMS: OptionProblems = { sentences: [], refused: [] };

export const OPTIONS_NOTIFICATION_ID = "twilio_options";

/**
 * The notification about problems of the options. `path`: the page of the app's configuration; null without Supervisor.
 */
export function optionsNotification(sentences: readonly string[], path: string | null): Notification {
  return {
    id: OPTIONS_NOTIFICATION_ID,
    say({ options: { problem }, notifications: { options: said, configuration } }) {
      const message = [...listOf(sentences.map(problem)), "", said.correct(configuration(path))].join("\n");
      return { title: said.title, message };
    },
  };
}

/**
 * The notification about faulty credentials, with which the app cannot start. `path`: the page of the app's
 * configuration; null without Supervisor.
 */
export function cannotStartNotification(faults: readonly string[], path: string | null): Notification {
  return {
    id: OPTIONS_NOTIFICATION_ID,
    say({ options: { problem }, notifications: { options: said, configuration } }) {
      const message = [...listOf(faults.map(problem)), "", said.correctToStart(configuration(path))].join(
        "\n",
      );
      return { title: said.cannotStartTitle, message };
    },
  };
}

function listOf(sentences: readonly string[]): string[] {
  return sentences.map((sentence) => `- ${sentence.replaceAll(/([\\[\]<>*`])/g, "\\$1")}`);
}

/**
 * The path of the page in Home Assistant on which the user configures this app. Supervisor uses the app's slug as the
 * container's host name, with `-` for `_`. Null if the host name cannot come from a slug.
 */
export function configurationPath(hostName: string | undefined): string | null {
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(hostName ?? "")
    ? `/config/app/${hostName?.replaceAll("-", "_")}/config`
    : null;
}
