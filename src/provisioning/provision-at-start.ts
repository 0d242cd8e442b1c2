import type { Logger } from "../domain/log/logger.ts";
import type { FormLanguages } from "./form-language.ts";
import type { HomeAssistantStarts } from "./ports.ts";
import { provisionBlueprints } from "./provision-blueprints.ts";
import type { ProvisionBlueprintsOptions } from "./provision-blueprints.ts";
import { provisionScripts } from "./provision-scripts.ts";
import type { ProvisionScriptsOptions } from "./provision-scripts.ts";

export interface ProvisionAtStartOptions {
  readonly homeAssistant: HomeAssistantStarts;
  readonly scripts: ProvisionScriptsOptions;
  readonly blueprints: ProvisionBlueprintsOptions;
  /**
   * Chooses the languages for the forms of scripts and blueprints, and for the texts that calls speak. `house`: the
   * language of Home Assistant.
   */
  readonly languagesFor: (house: string) => FormLanguages;
  /** Whether an error means that Home Assistant does not answer. The app then installs after the next connection. */
  readonly isAway: (error: unknown) => boolean;
  readonly logger: Logger;
}

/**
 * Installs the app's scripts, and then its blueprints, after each connection to a running Home Assistant and after a
 * change of its language. If an earlier installation is not finished, it is cancelled. Disposing waits for the request
 * to Home Assistant that is in progress.
 */
export function provisionAtStart(options: ProvisionAtStartOptions): AsyncDisposable {
  const { homeAssistant, scripts, blueprints, languagesFor, isAway, logger } = options;
  let round = new AbortController();
  let working = Promise.resolve();
  let installed = "";

  const stopListening = [
    homeAssistant.onRunning(({ language }) => install(language)),
    homeAssistant.onChanged(({ language }) => {
      if (language !== installed) install(language);
    }),
  ];

  function install(house: string): void {
    installed = house;
    round.abort();
    round = new AbortController();
    const { signal } = round;
    const languages = languagesFor(house);
    working = working
      .then(() => installScripts(languages, signal))
      .then(() => installBlueprints(languages, signal));
  }

  async function installScripts({ forms }: FormLanguages, signal: AbortSignal): Promise<void> {
    try {
      await provisionScripts(scripts, forms, signal);
    } catch (error) {
      logger.error(
        `The app's scripts could not be installed in Home Assistant. The app tries again when it connects next time. The error was: ${String(error)}`,
      );
    }
  }

  async function installBlueprints(languages: FormLanguages, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      await provisionBlueprints(blueprints, languages, signal);
    } catch (error) {
      const line = `The app's blueprints could not be installed in Home Assistant. The app tries again when it connects next time. The error was: ${String(error)}`;
      if (isAway(error)) logger.debug(line);
      else logger.error(line);
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      for (const stop of stopListening) stop();
      round.abort();
      await working;
    },
  };
}
