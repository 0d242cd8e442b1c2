import type { Clock } from "../domain/clock.ts";
import type { Notifications } from "../domain/notification.ts";
import type { OwnScript } from "./own-script.ts";
import { provisionScript } from "./provision-script.ts";
import type { ProvisionScriptOptions, ProvisionResult } from "./provision-script.ts";
import { SCRIPTS_NOTIFICATION_ID, scriptProblemLine, scriptProblemsNotification } from "./script-problems.ts";
import type { ScriptWithProblem } from "./script-problems.ts";

export interface ProvisionScriptsOptions extends ProvisionScriptOptions {
  readonly notifications: Notifications;
  /** How soon what could not be decided or written is looked at again, in milliseconds. */
  readonly lookAgainMs: number;
  /** How long Home Assistant may take to load what it has stored, and how often it is asked. */
  readonly loadMs: number;
  readonly loadPollMs: number;
  readonly clock: Clock;
}

/** Brings the app's scripts into Home Assistant until all are settled, or only a person can help, or `signal` aborts. */
export async function provisionScripts(options: ProvisionScriptsOptions, signal: AbortSignal): Promise<void> {
  const { editor, ownScripts, notifications, lookAgainMs, loadMs, loadPollMs, clock, logger } = options;
  const troubled = new Map<string, ScriptWithProblem>();
  let open = [...(await ownScripts.list())];
  let said = "";
  for (;;) {
    const verdicts = await passThrough(open);
    if (signal.aborted) return;
    open = [];
    for (const [script, verdict] of verdicts) {
      if (verdict === "settled") logger.debug(`script.${script.id} is in place.`);
      else if (verdict === "later" || verdict === "stored") open.push(script);
      else troubled.set(script.id, { script, problem: verdict });
    }
    await report(open.length === 0);
    if (open.length === 0) return;
    await clock.wait(lookAgainMs, signal);
    if (signal.aborted) return;
  }

  async function passThrough(
    scripts: readonly OwnScript[],
  ): Promise<ReadonlyMap<OwnScript, ProvisionResult>> {
    const verdicts = new Map<OwnScript, ProvisionResult>();
    // One after the other: each write has Home Assistant load all scripts anew.
    for (const script of scripts) {
      verdicts.set(script, await attempt(script, () => provisionScript(options, script, signal)));
    }
    await Promise.all(
      [...verdicts].map(async ([script, verdict]) => {
        if (verdict === "stored") verdicts.set(script, await attempt(script, () => whenLoaded(script)));
      }),
    );
    return verdicts;
  }

  async function attempt(script: OwnScript, step: () => Promise<ProvisionResult>): Promise<ProvisionResult> {
    try {
      return await step();
    } catch (error) {
      logger.debug(`script.${script.id} could not be looked at, and will be again: ${String(error)}`);
      return "later";
    }
  }

  async function whenLoaded({ id }: OwnScript): Promise<ProvisionResult> {
    for (let waited = 0; !signal.aborted; waited += loadPollMs) {
      if ((await editor.isLoaded(id, signal)) !== null) return "settled";
      if (waited >= loadMs) return { kind: "unloaded" };
      await clock.wait(loadPollMs, signal);
    }
    return "later";
  }

  /** Each trouble once, however often the rest is looked at. */
  async function report(isLast: boolean): Promise<void> {
    const all = [...troubled.values()];
    if (all.length === 0) {
      if (isLast) notifications.dismiss(SCRIPTS_NOTIFICATION_ID);
      return;
    }
    const lines = all.map(scriptProblemLine);
    if (lines.join() === said) return;
    said = lines.join();
    const notification = await scriptProblemsNotification(all, ownScripts.toYaml);
    for (const line of lines) logger.warning(line);
    notifications.raise(notification);
  }
}
