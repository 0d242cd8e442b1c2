import { join } from "node:path";

import type { Notifications } from "../domain/notification.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { HomeAssistantUnavailableError } from "../home-assistant/connection/errors.ts";
import { createRestClient } from "../home-assistant/connection/rest-client.ts";
import { createBlueprints } from "../home-assistant/scripts/blueprints.ts";
import { openOwnBlueprints } from "../home-assistant/scripts/own-blueprints.ts";
import { openOwnScripts } from "../home-assistant/scripts/own-scripts.ts";
import { createScripts } from "../home-assistant/scripts/scripts.ts";
import { provisionAtStart } from "../provisioning/provision-at-start.ts";
import type { AppSettings } from "./process/settings.ts";

/** How long the app waits for an answer of Home Assistant, in milliseconds. */
const ANSWER_MS = 15_000;

/**
 * How long the app waits until Home Assistant has loaded a script that the app stored, in milliseconds. Loading usually
 * takes 100 ms, and longer on a slow machine with many scripts.
 */
const LOAD_MS = 10_000;
const LOAD_POLL_MS = 200;

const LOOK_AGAIN_MS = 10_000;

export interface ProvisioningDependencies {
  readonly settings: Pick<
    AppSettings,
    "homeAssistant" | "addonDir" | "scriptsLookAgainMs" | "transport" | "clock" | "logger"
  >;
  readonly options: Pick<AppSettings["options"], "language">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "onRunning" | "onChanged" | "request">;
  readonly notifications: Notifications;
  readonly hash: (text: string) => string;
  /** Replaces `LOAD_MS` in tests, in milliseconds. */
  readonly loadMs?: number;
}

/**
 * Installs the app's scripts and blueprints after each connection to a running Home Assistant, and after each change of
 * its language. Their forms are in Home Assistant's language.
 */
export function startProvisioning(parts: ProvisioningDependencies): AsyncDisposable {
  const { settings, options, homeAssistant, notifications, hash } = parts;
  const { addonDir, transport, clock, logger } = settings;
  const { url, token } = settings.homeAssistant;
  const rest = createRestClient({ url, token, timeoutMs: ANSWER_MS, transport, clock });
  return provisionAtStart({
    homeAssistant,
    scripts: {
      editor: createScripts(rest, homeAssistant.request, ANSWER_MS, clock),
      ownScripts: openOwnScripts(join(addonDir, "scripts"), hash),
      notifications,
      loadMs: parts.loadMs ?? LOAD_MS,
      loadPollMs: LOAD_POLL_MS,
      lookAgainMs: settings.scriptsLookAgainMs ?? LOOK_AGAIN_MS,
      clock,
      logger,
    },
    blueprints: {
      own: openOwnBlueprints(join(addonDir, "blueprints")),
      store: createBlueprints(homeAssistant.request, ANSWER_MS, clock),
      logger,
    },
    languagesFor: (house) => ({ forms: house, speech: options.language ?? house }),
    isAway: (error) => error instanceof HomeAssistantUnavailableError,
    logger,
  });
}
