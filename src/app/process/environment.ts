export interface ListenSettings {
  readonly webhookPort: number;
  readonly panelPort: number;
  /** The IP address to which both listeners are bound. */
  readonly listenHost: string;
}

/**
 * Reads the ports and the IP address to listen on from the environment.
 *
 * @throws {Error} if a port is not valid, with a sentence for the user
 */
export function readListenSettings(env: Readonly<Record<string, string | undefined>>): ListenSettings {
  return {
    webhookPort: portFrom(env, "WEBHOOK_PORT", 8080),
    panelPort: portFrom(env, "PANEL_PORT", 8099),
    listenHost: env["LISTEN_HOST"] || "0.0.0.0",
  };
}

function portFrom(
  env: Readonly<Record<string, string | undefined>>,
  name: "WEBHOOK_PORT" | "PANEL_PORT",
  defaultPort: number,
): number {
  const text = env[name];
  if (text === undefined || text === "") return defaultPort;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(
    `${name} is not a valid port: ${text}. Enter a number from 1 to 65535, or 0 for any free port.`,
  );
}
