import type { Logger } from "../domain/log/logger.ts";
import type { HomeAssistantStarts } from "./ports.ts";
import { provisionBlueprints } from "./provision-blueprints.ts";
import type { ProvisionBlueprintsOptions } from "./provision-blueprints.ts";
import { provisionScripts } from "./provision-scripts.ts";
import type { ProvisionScriptsOptions } from "./provision-scripts.ts";

export interface ProvisionAtStartOptions {
  readonly homeAssistant: HomeAssistantStarts;
  readonly scripts: ProvisionScriptsOptions;
  readonly blueprints: ProvisionBlueprintsOptions;
  /** Whether an error only means that Home Assistant cannot be reached. The next start tries again. */
  readonly isAway: (error: unknown) => boolean;
  readonly logger: Logger;
}

/**
 * Installs the scripts and then the blueprints at each start of Home Assistant. A new start cancels an unfinished
 * installation. Disposing waits for the open request.
 */
export function provisionAtStart(options: ProvisionAtStartOptions): AsyncDisposable {
  const { homeAssistant, scripts, blueprints, isAway, logger } = options;
  let round = new AbortController();
  let working = Promise.resolve();

  const stopListening = homeAssistant.onRunning(() => {
    round.abort();
    round = new AbortController();
    const { signal } = round;
    working = working.then(() => installScripts(signal)).then(() => installBlueprints(signal));
  });

  async function installScripts(signal: AbortSignal): Promise<void> {
    try {
      await provisionScripts(scripts, signal);
    } catch (error) {
      logger.error(`The app's scripts could not be installed in Home Assistant: ${String(error)}`);
    }
  }

  async function installBlueprints(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      await provisionBlueprints(blueprints, signal);
    } catch (error) {
      const line = `The app's blueprints could not be installed in Home Assistant: ${String(error)}`;
      if (isAway(error)) logger.debug(line);
      else logger.error(line);
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      stopListening();
      round.abort();
      await working;
    },
  };
}
