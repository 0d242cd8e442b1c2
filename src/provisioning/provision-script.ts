import type { Logger } from "../domain/log/logger.ts";
import { markedVersion } from "./own-script.ts";
import type { OwnScript, ScriptState } from "./own-script.ts";
import type { OwnScripts, ScriptEditor } from "./ports.ts";
import type { ScriptProblem } from "./script-problems.ts";

export interface ProvisionScriptOptions {
  readonly editor: ScriptEditor;
  readonly ownScripts: Pick<OwnScripts, "list" | "stateOf" | "toYaml">;
  readonly logger: Logger;
}

/**
 * The result of installing a script. `settled`: nothing is left to do. `stored`: Home Assistant has the script, but may
 * not have loaded it. `later`: the script is running or Home Assistant does not answer, so the app tries again.
 */
export type ProvisionResult = "settled" | "stored" | "later" | ScriptProblem;

/**
 * Installs a script if Home Assistant has none with its name. Replaces a script of an earlier version or in another
 * language, if nobody has edited it. A running script is not replaced: its run would end, and the automation would take
 * the empty response for success.
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
      // The app cannot read scripts.yaml. But the user may have added the script by hand, as the notification says.
      return (await isLoadedAsOurs()) ? "settled" : stored;
    case "refused":
      return stored;
    case "absent":
      // A script that is loaded but not in scripts.yaml comes from another file, perhaps a package.
      if ((await editor.isLoaded(id, signal)) === null) return await write();
      return (await isLoadedAsOurs()) ? "settled" : { kind: "foreign" };
    case "found":
      return await keepOrUpdate(ownScripts.stateOf(stored.definition, script));
  }

  async function keepOrUpdate(state: ScriptState): Promise<ProvisionResult> {
    switch (state.kind) {
      case "current":
      case "newer":
        return "stored";
      case "foreign":
        return { kind: "foreign" };
      case "edited":
        logger.info(
          `script.${id} was edited in Home Assistant, so the app does not change it. To get the app's version, delete the script and restart the app.`,
        );
        return state.version < version ? state : "settled";
      case "outdated":
        if (((await editor.isLoaded(id, signal)) ?? 0) === 0) return await write();
        logger.debug(`script.${id} is running, so its new version is installed after it has ended.`);
        return "later";
    }
  }

  async function write(): Promise<ProvisionResult> {
    const written = await editor.write(id, definition, signal);
    if (written.kind !== "stored") return written;
    logger.info(`Installed script.${id}, version ${version}, in Home Assistant.`);
    return "stored";
  }

  async function isLoadedAsOurs(): Promise<boolean> {
    return markedVersion(await editor.description(id, signal)) === version;
  }
}
