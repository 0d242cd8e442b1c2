import { join } from "node:path";

import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Transport } from "../domain/transport.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { HomeAssistantUnavailableError } from "../home-assistant/connection/errors.ts";
import { createRestClient } from "../home-assistant/connection/rest-client.ts";
import type { Notifications } from "../home-assistant/notifications.ts";
import { listBlueprintFiles, readBlueprintFile } from "../home-assistant/scripts/blueprints.ts";
import { createBlueprints } from "../home-assistant/scripts/blueprints.ts";
import { readScriptFiles } from "../home-assistant/scripts/script-files.ts";
import { createScripts } from "../home-assistant/scripts/scripts.ts";
import { scriptStateOf } from "../provisioning/own-script.ts";
import { provisionBlueprints } from "../provisioning/provision-blueprints.ts";
import { provisionScripts } from "../provisioning/provision-scripts.ts";

/** One answer of Home Assistant may take so long, in milliseconds. */
const ANSWER_MS = 15_000;

/** It loads a script some 100 ms after it has stored it; a small machine with many scripts takes longer. */
const LOAD_MS = 10_000;
const LOAD_POLL_MS = 200;

const LOOK_AGAIN_MS = 10_000;

export interface ProvisioningDependencies {
  readonly homeAssistant: Pick<HomeAssistantConnection, "onRunning" | "request">;
  readonly access: { readonly url: string; readonly token: string };
  readonly notifications: Notifications;
  /** Holds `scripts/` and `blueprints/`. */
  readonly addonDir: string;
  readonly hash: (text: string) => string;
  /** Shortened by tests. */
  readonly lookAgainMs?: number | undefined;
  readonly loadMs?: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Brings scripts and blueprints into Home Assistant at every connect, which ends what the one before has left. */
export function startProvisioning(parts: ProvisioningDependencies): AsyncDisposable {
  const { homeAssistant, access, notifications, addonDir, hash, transport, clock, logger } = parts;
  const rest = createRestClient({ ...access, timeoutMs: ANSWER_MS, transport, clock });
  const scripts = createScripts(rest, homeAssistant.request, ANSWER_MS, clock);
  const blueprints = createBlueprints(homeAssistant.request, ANSWER_MS, clock);
  const blueprintDir = join(addonDir, "blueprints");
  let round = new AbortController();
  let working = Promise.resolve();

  const stopHearing = homeAssistant.onRunning(() => {
    round.abort();
    round = new AbortController();
    const { signal } = round;
    working = working.then(() => bringScripts(signal)).then(() => bringBlueprints(signal));
  });

  async function bringScripts(signal: AbortSignal): Promise<void> {
    try {
      await provisionScripts(
        {
          ...scripts,
          ...notifications,
          ownScripts: () => readScriptFiles(join(addonDir, "scripts"), hash),
          // Loaded when first needed: YAML takes memory.
          toYaml: async (some) => (await import("../home-assistant/scripts/yaml.ts")).scriptsToYaml(some),
          stateOf: (stored, own) => scriptStateOf(stored, own, hash),
          loadMs: parts.loadMs ?? LOAD_MS,
          loadPollMs: LOAD_POLL_MS,
          lookAgainMs: parts.lookAgainMs ?? LOOK_AGAIN_MS,
          clock,
          logger,
        },
        signal,
      );
    } catch (error) {
      logger.error(`The app's scripts could not be put into Home Assistant: ${String(error)}`);
    }
  }

  async function bringBlueprints(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      await provisionBlueprints(
        {
          ...blueprints,
          names: () => listBlueprintFiles(blueprintDir),
          read: (name) => readBlueprintFile(blueprintDir, name),
          logger,
        },
        signal,
      );
    } catch (error) {
      const line = `The app's blueprints could not be put into Home Assistant: ${String(error)}`;
      if (error instanceof HomeAssistantUnavailableError) logger.debug(line);
      else logger.error(line);
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      stopHearing();
      round.abort();
      await working;
    },
  };
}
