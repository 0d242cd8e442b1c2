import type { Clock } from "../domain/clock.ts";
import type { Notifications } from "../domain/notification.ts";
import { translationTo } from "./form-language.ts";
import type { OwnScript } from "./own-script.ts";
import { provisionScript } from "./provision-script.ts";
import type { ProvisionScriptOptions, ProvisionResult } from "./provision-script.ts";
import { SCRIPTS_NOTIFICATION_ID, scriptProblemLine, scriptProblemsNotification } from "./script-problems.ts";
import type { ScriptWithProblem } from "./script-problems.ts";

export interface ProvisionScriptsOptions extends ProvisionScriptOptions {
  readonly notifications: Notifications;
  /** The pause before the app tries again to install the remaining scripts, in milliseconds. */
  readonly lookAgainMs: number;
  /**
   * How long the app waits until Home Assistant has loaded a stored script, in milliseconds. `loadPollMs`: how often it
   * checks that.
   */
  readonly loadMs: number;
  readonly loadPollMs: number;
  readonly clock: Clock;
}

/**
 * Installs the app's scripts. It tries again until each script is installed or has a problem that only the user can
 * solve, or until `signal` aborts. One notification reports all problems.
 *
 * @param language the language of names and descriptions, by BCP 47
 */
export async function provisionScripts(
  options: ProvisionScriptsOptions,
  language: string,
  signal: AbortSignal,
): Promise<void> {
  const { editor, ownScripts, notifications, lookAgainMs, loadMs, loadPollMs, clock, logger } = options;
  const withProblems = new Map<string, ScriptWithProblem>();
  let open = [...(await ownScripts.list(await translationTo(language)))];
  let lastReported = "";
  for (;;) {
    const results = await provisionAll(open);
    if (signal.aborted) return;
    open = [];
    for (const [script, result] of results) {
      if (result === "settled") logger.debug(`script.${script.id} is installed and up to date.`);
      else if (result === "later" || result === "stored") open.push(script);
      else withProblems.set(script.id, { script, problem: result });
    }
    await report(open.length === 0);
    if (open.length === 0) return;
    await clock.wait(lookAgainMs, signal);
    if (signal.aborted) return;
  }

  async function provisionAll(
    scripts: readonly OwnScript[],
  ): Promise<ReadonlyMap<OwnScript, ProvisionResult>> {
    const results = new Map<OwnScript, ProvisionResult>();
    // Write one script after another, because Home Assistant reloads all scripts each time that the app writes one.
    for (const script of scripts) {
      results.set(script, await attempt(script, () => provisionScript(options, script, signal)));
    }
    await Promise.all(
      [...results].map(async ([script, result]) => {
        if (result === "stored") results.set(script, await attempt(script, () => waitUntilLoaded(script)));
      }),
    );
    return results;
  }

  async function attempt(script: OwnScript, step: () => Promise<ProvisionResult>): Promise<ProvisionResult> {
    try {
      return await step();
    } catch (error) {
      logger.debug(
        `script.${script.id} could not be installed. The app tries again. The error was: ${String(error)}`,
      );
      return "later";
    }
  }

  async function waitUntilLoaded({ id }: OwnScript): Promise<ProvisionResult> {
    for (let waited = 0; !signal.aborted; waited += loadPollMs) {
      if ((await editor.isLoaded(id, signal)) !== null) return "settled";
      if (waited >= loadMs) return { kind: "unloaded" };
      await clock.wait(loadPollMs, signal);
    }
    return "later";
  }

  /** Reports the problems by the notification and the log, if they have changed since the last report. */
  async function report(isLast: boolean): Promise<void> {
    const all = [...withProblems.values()];
    if (all.length === 0) {
      if (isLast) notifications.dismiss(SCRIPTS_NOTIFICATION_ID);
      return;
    }
    const lines = all.map(scriptProblemLine);
    if (lines.join() === lastReported) return;
    lastReported = lines.join();
    const notification = await scriptProblemsNotification(all, ownScripts.toYaml);
    for (const line of lines) logger.warning(line);
    notifications.raise(notification);
  }
}
