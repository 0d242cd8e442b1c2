import * as z from "zod";

import type { CheckCoreEntry } from "../setup/ports.ts";
import type { HomeAssistantConnection } from "./connection/connect.ts";

/** The answer to `config_entries/get`. Source: homeassistant/components/config/config_entries.py */
const entries = z.array(z.object({ disabled_by: z.nullable(z.string()) }));

/** Asks for the config entry of Core's own Twilio integration, which receives webhooks of its own. */
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
