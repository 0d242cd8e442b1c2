import type { Logger } from "../domain/log/logger.ts";
import { scriptDescription } from "./own-script.ts";
import type { OwnScript, ScriptState } from "./own-script.ts";
import type { ScriptProblem } from "./script-problems.ts";

type Definition = Readonly<Record<string, unknown>>;
type Refusal = { readonly kind: "unreadable" } | { readonly kind: "refused"; readonly reason: string };

export interface ProvisionScriptOptions {
  readonly stateOf: (stored: Definition, own: OwnScript) => ScriptState;
  /** Home Assistant's; each throws while it is away. */
  readonly read: (
    id: string,
    signal: AbortSignal,
  ) => Promise<{ kind: "absent" } | { kind: "found"; definition: Definition } | Refusal>;
  readonly write: (
    id: string,
    definition: Definition,
    signal: AbortSignal,
  ) => Promise<{ kind: "stored" } | Refusal>;
  /** How many runs are under way; null where no such script is loaded. */
  readonly isLoaded: (id: string, signal: AbortSignal) => Promise<number | null>;
  /** Of the loaded script; null where none is. */
  readonly description: (id: string, signal: AbortSignal) => Promise<string | null>;
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
  const { logger } = options;
  const { id, version, definition } = script;
  const stored = await options.read(id, signal);
  switch (stored.kind) {
    case "unreadable":
      // Somebody may have put it there by hand, as the notification says.
      return (await isLoadedAsOurs()) ? "settled" : stored;
    case "refused":
      return stored;
    case "absent":
      // What is loaded all the same is kept elsewhere, in a package perhaps.
      if ((await options.isLoaded(id, signal)) === null) return await put();
      return (await isLoadedAsOurs()) ? "settled" : { kind: "foreign" };
    case "found":
      return await keepOrUpdate(options.stateOf(stored.definition, script));
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
        if (((await options.isLoaded(id, signal)) ?? 0) === 0) return await put();
        logger.debug(`script.${id} is running; its new version waits.`);
        return "later";
    }
  }

  async function put(): Promise<ProvisionResult> {
    const written = await options.write(id, definition, signal);
    if (written.kind !== "stored") return written;
    logger.info(`Put script.${id}, version ${version}, into Home Assistant.`);
    return "stored";
  }

  async function isLoadedAsOurs(): Promise<boolean> {
    return (await options.description(id, signal)) === scriptDescription(definition);
  }
}
