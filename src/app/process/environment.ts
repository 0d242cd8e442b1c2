import { configurationPath } from "../../health/option-problems.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ListenSettings {
  readonly webhookPort: number;
  readonly panelPort: number;
  /**
   * The IP address at which the app listens. With neither Supervisor nor a password, the panel listens at 127.0.0.1
   * instead.
   */
  readonly listenHost: string;
}

/**
 * Reads from the environment on which ports and at which IP address the app listens.
 *
 * @throws {Error} if a port is not valid, with a sentence for the user
 */
export function readListenSettings(env: Environment): ListenSettings {
  return {
    webhookPort: portFrom(env, "WEBHOOK_PORT", 8080),
    panelPort: portFrom(env, "PANEL_PORT", 8099),
    listenHost: env["LISTEN_HOST"] || "0.0.0.0",
  };
}

function portFrom(env: Environment, name: "WEBHOOK_PORT" | "PANEL_PORT", defaultPort: number): number {
  const text = env[name];
  if (text === undefined || text === "") return defaultPort;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(
    `${name} is not a valid port: ${text}. Enter a number from 1 to 65535, or 0 for any free port.`,
  );
}

/**
 * Returns URL and token of Home Assistant's API: those of the environment, or else those of Supervisor's proxy to Core.
 *
 * @throws {Error} if the URL or the token is missing, with a sentence for the user
 */
export function homeAssistantFrom(env: Environment): { url: string; token: string } {
  const { HOME_ASSISTANT_URL: url, HOME_ASSISTANT_TOKEN: token, SUPERVISOR_TOKEN: supervisorToken } = env;
  if (url && token) return { url: url.replace(/\/+$/, ""), token };
  if (!url && !token && supervisorToken) return { url: "http://supervisor/core", token: supervisorToken };
  throw new Error(
    `${url ? "HOME_ASSISTANT_TOKEN" : "HOME_ASSISTANT_URL"} is missing. Without Supervisor, set both: Home Assistant's address, such as http://homeassistant.local:8123, and a long-lived access token from your profile page.`,
  );
}

/**
 * The path of the page in Home Assistant on which the user configures this app; null if Supervisor does not run the
 * app.
 */
export function ownConfigurationPath(env: Environment): string | null {
  return env["SUPERVISOR_TOKEN"] ? configurationPath(env["HOSTNAME"]) : null;
}
