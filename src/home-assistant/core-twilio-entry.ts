import * as z from "zod";

import type { CheckCoreEntry } from "../setup/ports.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";

/**
 * The part of the answer to `config_entries/get` that the app reads. Source:
 * homeassistant/components/config/config_entries.py
 */
const entries = z.array(z.object({ disabled_by: z.nullable(z.string()) }));

/**
 * Makes a function that asks Home Assistant whether the user has set up Core's own Twilio integration, which also
 * receives webhooks.
 */
export function createCoreEntryCheck(
  homeAssistant: Pick<HomeAssistantConnection, "request">,
): CheckCoreEntry {
  return async function checkCoreEntry() {
    try {
      const found = entries.parse(
        await homeAssistant.request({ type: "config_entries/get", domain: "twilio" }),
      );
      if (found.length === 0) return "absent";
      return found.some(({ disabled_by: disabledBy }) => disabledBy === null) ? "enabled" : "disabled";
    } catch {
      return "unknown";
    }
  };
}
