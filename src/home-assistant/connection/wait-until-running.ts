import type { Connection } from "home-assistant-js-websocket";

import type { Clock } from "../../domain/clock.ts";

/** The settings of Home Assistant that the app reads. */
export interface HomeAssistantInfo {
  readonly version: string;
  /** The country by ISO 3166, such as `DE`; null if the user has not set one. */
  readonly country: string | null;
  /** The language by BCP 47, such as `de` or `en-GB`. */
  readonly language: string;
  readonly timeZone: string;
  /** The loaded integrations and platforms, such as `twilio_sms.notify`. */
  readonly components: readonly string[];
}

/**
 * Asks Core every `pollMs` milliseconds for its state, until the state is RUNNING. Resolves with Core's settings, or
 * with null if `signal` aborts before.
 */
export async function waitUntilRunning(
  connection: Connection,
  clock: Clock,
  pollMs: number,
  signal: AbortSignal,
): Promise<HomeAssistantInfo | null> {
  while (!signal.aborted) {
    const config = await connection
      .sendMessagePromise<Record<string, unknown>>({ type: "get_config" })
      .catch(() => null);
    if (config?.["state"] === "RUNNING") return infoFrom(config);
    await clock.wait(pollMs, signal);
  }
  return null;
}

/** Reads the settings in an answer to the command `get_config`. */
export function infoFrom(config: Readonly<Record<string, unknown>>): HomeAssistantInfo {
  const { version, country, language, time_zone: timeZone, components } = config;
  return {
    version: String(version),
    country: typeof country === "string" && country !== "" ? country : null,
    language: typeof language === "string" && language !== "" ? language : "en",
    timeZone: typeof timeZone === "string" ? timeZone : "UTC",
    components: Array.isArray(components) ? components.map(String) : [],
  };
}
