import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Configuration {
  readonly directory: string;
  readonly port: number;
  readonly country: string;
  /** The name of the time zone in the tz database. Without it, it is UTC. */
  readonly timeZone?: string | undefined;
  /** Extra YAML at the end of configuration.yaml. */
  readonly configuration: string;
  /** The automations, as a YAML list. */
  readonly automations: string | undefined;
  /** The scripts, as a YAML mapping. */
  readonly scripts: string | undefined;
}

const BASE = `
api:
config:
frontend:
group:
input_boolean:
persistent_notification:
webhook:
websocket_api:
onboarding:
script: !include scripts.yaml
automation: !include automations.yaml
logger: {default: info}
`;

/** Writes the configuration of a Core without a screen on 127.0.0.1. Existing files stay. */
export async function writeConfiguration(options: Configuration): Promise<void> {
  const { directory, port, country, timeZone = "UTC", configuration, automations, scripts } = options;
  await mkdir(join(directory, ".storage"), { recursive: true });
  const home = `homeassistant:
  name: Home
  latitude: 52.37
  longitude: 4.89
  elevation: 0
  unit_system: metric
  time_zone: ${JSON.stringify(timeZone)}
  language: en
  country: ${JSON.stringify(country)}
`;
  await writeFile(
    join(directory, "configuration.yaml"),
    `${home}${baseBeside(configuration)}${configuration}\n`,
  );
  await writeText(join(directory, "automations.yaml"), automations, "[]\n");
  await writeText(join(directory, "scripts.yaml"), scripts, "{}\n");
  await writeStore(directory, "http", 2, httpSettings(port));
  if (existsSync(join(directory, ".storage", "onboarding"))) return;
  // Marks these onboarding steps as done, so that only the owner is missing. Over REST, they would start integrations
  // that use the internet.
  await writeStore(directory, "onboarding", 4, { done: ["core_config", "analytics", "integration"] });
}

/** The base configuration without keys that `configuration` has, too, because Core complains about a repeated key. */
function baseBeside(configuration: string): string {
  const own = new Set(Array.from(configuration.matchAll(/^(\w+):/gm), ([, key]) => key));
  return BASE.split("\n")
    .filter((line) => !own.has(/^(\w+):/.exec(line)?.[1] ?? ""))
    .join("\n");
}

async function writeText(file: string, text: string | undefined, standard: string): Promise<void> {
  if (text === undefined && existsSync(file)) return;
  await writeFile(file, text ?? standard);
}

async function writeStore(directory: string, key: string, version: number, data: object): Promise<void> {
  const store = { version, minor_version: 1, key, data };
  await writeFile(join(directory, ".storage", key), JSON.stringify(store), { mode: 0o600 });
}

/**
 * The HTTP settings in Core's storage. In YAML, Core would treat them as a trial and remove them. This is the form of
 * Core 2026.10, which later releases migrate.
 */
function httpSettings(port: number): object {
  return {
    stable: {
      server_port: port,
      server_host: ["127.0.0.1"],
      cors_allowed_origins: [],
      login_attempts_threshold: -1,
      ip_ban_enabled: false,
      ssl_profile: "intermediate",
      use_x_frame_options: true,
    },
    pending: null,
    yaml_migration_done: true,
  };
}
