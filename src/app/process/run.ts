import type { Logger } from "../../domain/log/logger.ts";
import type { Transport } from "../../domain/transport.ts";
import { loadOptions } from "../../options/load-options.ts";
import { parseOptions } from "../../options/parse-options.ts";
import { Secret } from "../../options/secret.ts";
import { SYSTEM_CHANCE } from "../system/chance.ts";
import { SYSTEM_CLOCK } from "../system/clock.ts";
import { createTransport } from "../system/transport.ts";
import { createAppLogger } from "./app-logger.ts";
import { homeAssistantFrom, ownConfigurationPath, readListenSettings } from "./environment.ts";
import { keepRunning } from "./keep-running.ts";
import { notifyCannotStart } from "./notify-cannot-start.ts";
import type { AppSettings } from "./settings.ts";

export interface RunAppOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  /** The folder with the scripts and blueprints that the app installs in Home Assistant. */
  readonly addonDir: string;
  /** The version of Node, such as `24.21.0`. */
  readonly nodeVersion: string;
  readonly write: (line: string) => void;
  /** The demo sets this: the URL replaces Twilio's hosts, and `transport` is the network to this URL. */
  readonly twilioStandIn?: { readonly url: string; readonly transport: Transport };
  /** Resolves when the process receives a signal to stop. */
  readonly stopped: Promise<void>;
  /** Registers a listener for unhandled rejections. Without a listener, such a rejection would end the process. */
  readonly onUnhandledRejection: (listener: (error: unknown) => void) => void;
}

/**
 * Runs the app until `stopped` resolves. If the journal (the app's database) is damaged, it restarts the app. Resolves
 * with the exit code of the process.
 */
export async function runApp(options: RunAppOptions): Promise<number> {
  try {
    const settings = await readSettings(options);
    if (settings === null) return 1;
    return await keepRunning(settings, options.stopped).then(
      () => 0,
      (error: unknown) => cannotStart(error, settings.logger),
    );
  } catch (error) {
    return cannotStart(
      error,
      createAppLogger(SYSTEM_CLOCK, { level: "info", write: options.write, secrets: [] }),
    );
  }
}

function cannotStart(error: unknown, logger: Logger): number {
  logger.error(`The app cannot start: ${reason(error)}`);
  return 1;
}

/**
 * Reads the options and the environment. If credentials are missing or malformed, it logs the faults, notifies the user
 * and returns null. Any other option that is not valid gets its default and a warning.
 */
async function readSettings({
  env,
  dataDir,
  addonDir,
  nodeVersion,
  write,
  onUnhandledRejection,
  twilioStandIn,
}: RunAppOptions): Promise<AppSettings | null> {
  const transport = twilioStandIn?.transport ?? createTransport();
  const raw = await loadOptions(env["OPTIONS_FILE"] ?? "/data/options.json");
  const parsed = parseOptions(raw);
  if (!parsed.ok) {
    const logger = createAppLogger(SYSTEM_CLOCK, { level: "info", write, secrets: [] });
    for (const fault of parsed.faults) logger.error(fault);
    await notifyCannotStart(parsed.faults, { env, transport, clock: SYSTEM_CLOCK, logger });
    return null;
  }

  const { options, secrets } = parsed;
  const homeAssistant = homeAssistantFrom(env);
  const password = env["PANEL_PASSWORD"] ? new Secret(env["PANEL_PASSWORD"]) : null;
  const logger = createAppLogger(SYSTEM_CLOCK, {
    level: options.logLevel,
    write,
    secrets: [...Object.values(secrets), password].flatMap(revealed).concat(homeAssistant.token),
  });
  for (const warning of parsed.warnings) logger.warning(warning);
  onUnhandledRejection((error) =>
    logger.error(
      `Internal error: ${reason(error)}. The app continues. Please report this error.`,
      "unhandled rejection",
    ),
  );

  const { webhookPort, panelPort, listenHost } = readListenSettings(env);
  return {
    options,
    secrets,
    optionProblems: { sentences: parsed.warnings, refused: parsed.refused },
    configurationPath: ownConfigurationPath(env),
    homeAssistant,
    dataDir,
    addonDir,
    nodeVersion,
    webhookPort,
    listenHost,
    clock: SYSTEM_CLOCK,
    chance: SYSTEM_CHANCE,
    transport,
    twilioStandIn: twilioStandIn?.url,
    panel: { port: panelPort, password, supervised: Boolean(env["SUPERVISOR_TOKEN"]) },
    logger,
  };
}

function revealed(secret: Secret | null): string[] {
  return secret === null ? [] : [secret.reveal()];
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
