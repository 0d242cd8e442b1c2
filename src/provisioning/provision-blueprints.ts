import type { Logger } from "../domain/log/logger.ts";
import type { BlueprintStore, OwnBlueprints } from "./ports.ts";

/** The folder of the app's blueprints. */
const FOLDER = "twilio";

export interface ProvisionBlueprintsOptions {
  readonly own: OwnBlueprints;
  readonly store: BlueprintStore;
  readonly logger: Logger;
}

/**
 * Adds the app's blueprints that Home Assistant does not have. Existing files are never changed, edited or not, because
 * automations use them. Throws while Home Assistant cannot be reached; the next connection tries again.
 */
export async function provisionBlueprints(
  { own, store, logger }: ProvisionBlueprintsOptions,
  signal: AbortSignal,
): Promise<void> {
  const present = await store.list(signal);
  const added: string[] = [];
  const refused = new Map<string, string[]>();
  for (const name of await own.names()) {
    const path = `${FOLDER}/${name}`;
    if (present.has(path)) continue;
    // Read only if needed, because usually all blueprints exist.
    const result = await store.save(path, await own.read(name), signal);
    if (result.kind === "saved") added.push(path);
    else if (result.kind === "refused")
      refused.set(result.reason, [...(refused.get(result.reason) ?? []), path]);
  }
  if (added.length > 0) {
    logger.info(`Installed blueprints in Home Assistant: ${added.join(", ")}.`);
  }
  for (const [reason, paths] of refused) {
    logger.warning(`Home Assistant refused the app's blueprints ${paths.join(", ")}: ${reason}`);
  }
}
