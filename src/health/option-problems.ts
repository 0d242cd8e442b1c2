import type { Notification } from "../domain/notification.ts";

/** What is wrong with the options that the user has entered. The app runs without the wrong ones. */
export interface OptionProblems {
  /** One sentence for each problem, without secrets and full numbers. */
  readonly sentences: readonly string[];
  /** The options that were entered and are not used, or not completely. */
  readonly refused: readonly string[];
}

export const NO_OPTION_PROBLEMS: OptionProblems = { sentences: [], refused: [] };

export const OPTIONS_NOTIFICATION_ID = "twilio_options";

/** The notification about options that are not valid. `path`: the app's configuration; null without Supervisor. */
export function optionsNotification(sentences: readonly string[], path: string | null): Notification {
  return {
    id: OPTIONS_NOTIFICATION_ID,
    say({ options: { problem }, notifications: { options: said, configuration } }) {
      const message = [...listOf(sentences.map(problem)), "", said.correct(configuration(path))].join("\n");
      return { title: said.title, message };
    },
  };
}

/** The notification about credentials without which the app does not start. */
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
 * The page of the app's configuration in Home Assistant, without a host. Supervisor gives the container the app's slug as
 * its host name, with `-` in place of `_`. Null if the name cannot be one.
 */
export function configurationPath(hostName: string | undefined): string | null {
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(hostName ?? "")
    ? `/config/app/${hostName?.replaceAll("-", "_")}/config`
    : null;
}
