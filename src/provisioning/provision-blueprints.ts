import type { Logger } from "../domain/log/logger.ts";

/** Where the app's blueprints are, among those of others. */
const FOLDER = "twilio";

export interface ProvisionBlueprintsOptions {
  /** The names of the files that the app brings. A blueprint that has changed has got another name. */
  readonly names: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<string>;
  /** Home Assistant's; both throw while it is away. */
  readonly list: (signal: AbortSignal) => Promise<ReadonlySet<string>>;
  readonly save: (
    path: string,
    yaml: string,
    signal: AbortSignal,
  ) => Promise<{ kind: "saved" } | { kind: "exists" } | { kind: "refused"; reason: string }>;
  readonly logger: Logger;
}

/**
 * Puts the app's blueprints where Home Assistant has none of their names. What is there stays, edited or not:
 * automations are built on it. Throws while Home Assistant is away; the next connection tries again.
 */
export async function provisionBlueprints(
  { names, read, list, save, logger }: ProvisionBlueprintsOptions,
  signal: AbortSignal,
): Promise<void> {
  const present = await list(signal);
  const added: string[] = [];
  const refused = new Map<string, string[]>();
  for (const name of await names()) {
    const path = `${FOLDER}/${name}`;
    if (present.has(path)) continue;
    // Read when needed only: nearly always all are there.
    const result = await save(path, await read(name), signal);
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
