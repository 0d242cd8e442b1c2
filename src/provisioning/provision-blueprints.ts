import type { Logger } from "../domain/log/logger.ts";
import type { BlueprintStore, OwnBlueprints } from "./ports.ts";

/** Where the app's blueprints are, among those of others. */
const FOLDER = "twilio";

export interface ProvisionBlueprintsOptions {
  readonly own: OwnBlueprints;
  readonly store: BlueprintStore;
  readonly logger: Logger;
}

/**
 * Puts the app's blueprints where Home Assistant has none of their names. What is there stays, edited or not:
 * automations are built on it. Throws while Home Assistant is away; the next connection tries again.
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
    // Read when needed only: nearly always all are there.
    const result = await store.save(path, await own.read(name), signal);
    if (result.kind === "saved") added.push(path);
    else if (result.kind === "refused")
      refused.set(result.reason, [...(refused.get(result.reason) ?? []), path]);
  }
  if (added.length > 0) {
    logger.info(`Put blueprints for automations into Home Assistant: ${added.join(", ")}.`);
  }
  for (const [reason, paths] of refused) {
    logger.warning(`Home Assistant did not take the app's blueprints ${paths.join(", ")}: ${reason}`);
  }
}
