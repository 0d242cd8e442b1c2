import type { Clock } from "../../domain/clock.ts";
import type { BlueprintStore } from "../../provisioning/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { createRequestWithTimeout } from "../connection/timings.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/**
 * Lists and saves blueprints of automations. Source: Core, components/blueprint/websocket_api.py.
 *
 * @param timeoutMs the time for one answer, in milliseconds
 */
export function createBlueprints(
  ask: HomeAssistantConnection["request"],
  timeoutMs: number,
  clock: Clock,
): BlueprintStore {
  const askInTime = createRequestWithTimeout(ask, timeoutMs, clock);
  return {
    async list(signal) {
      const found = await askInTime({ type: "blueprint/list", domain: "automation" }, signal);
      return new Set(Object.keys(asObject(found)));
    },
    async save(path, yaml, signal) {
      const message = { type: "blueprint/save", domain: "automation", path, yaml, allow_override: false };
      try {
        await askInTime(message, signal);
        return { kind: "saved" };
      } catch (error) {
        if (!(error instanceof HomeAssistantRefusedError)) throw error;
        if (error.code === "already_exists") return { kind: "exists" };
        return { kind: "refused", reason: error.message };
      }
    },
  };
}
