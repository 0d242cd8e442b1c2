export interface ListenSettings {
  readonly webhookPort: number;
  readonly panelPort: number;
  /** The address that both bind. */
  readonly listenHost: string;
}

/**
 * Where the app listens, as the environment says.
 *
 * @throws {Error} for what is no port, in a sentence
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
  otherwise: number,
): number {
  const text = env[name];
  if (text === undefined || text === "") return otherwise;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`${name} is no port: ${text}. Enter a number from 1 to 65535, or 0 for any that is free.`);
}
