import type { Logger } from "../domain/log/logger.ts";
import { scriptDescription } from "./own-script.ts";
import type { OwnScript, ScriptState } from "./own-script.ts";
import type { OwnScripts, ScriptEditor } from "./ports.ts";
import type { ScriptProblem } from "./script-problems.ts";

export interface ProvisionScriptOptions {
  readonly editor: ScriptEditor;
  readonly ownScripts: OwnScripts;
  readonly logger: Logger;
}

/** `stored`: as it should be, but for being loaded. `later`: it runs just now, or Home Assistant is away. */
export type ProvisionResult = "settled" | "stored" | "later" | ScriptProblem;

/**
 * Writes only where there is none of that name, or an unedited one of the app's that is not running: a change would
 * end a run in the middle, and its caller would take the empty response for success.
 */
export async function provisionScript(
  options: ProvisionScriptOptions,
  script: OwnScript,
  signal: AbortSignal,
): Promise<ProvisionResult> {
  const { editor, ownScripts, logger } = options;
  const { id, version, definition } = script;
  const stored = await editor.read(id, signal);
  switch (stored.kind) {
    case "unreadable":
      // Somebody may have put it there by hand, as the notification says.
      return (await isLoadedAsOurs()) ? "settled" : stored;
    case "refused":
      return stored;
    case "absent":
      // What is loaded all the same is kept elsewhere, in a package perhaps.
      if ((await editor.isLoaded(id, signal)) === null) return await put();
      return (await isLoadedAsOurs()) ? "settled" : { kind: "foreign" };
    case "found":
      return await keepOrUpdate(ownScripts.stateOf(stored.definition, script));
  }

  async function keepOrUpdate(standing: ScriptState): Promise<ProvisionResult> {
    switch (standing.kind) {
      case "current":
      case "newer":
        return "stored";
      case "foreign":
        return { kind: "foreign" };
      case "edited":
        logger.info(`script.${id} was edited in Home Assistant; the app leaves it alone.`);
        return standing.version < version ? standing : "settled";
      case "outdated":
        if (((await editor.isLoaded(id, signal)) ?? 0) === 0) return await put();
        logger.debug(`script.${id} is running; its new version waits.`);
        return "later";
    }
  }

  async function put(): Promise<ProvisionResult> {
    const written = await editor.write(id, definition, signal);
    if (written.kind !== "stored") return written;
    logger.info(`Put script.${id}, version ${version}, into Home Assistant.`);
    return "stored";
  }

  async function isLoadedAsOurs(): Promise<boolean> {
    return (await editor.description(id, signal)) === scriptDescription(definition);
  }
}
