import type { Clock } from "../../domain/clock.ts";
import type { BlueprintStore, SaveBlueprintResult } from "../../provisioning/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { createRequestWithTimeout } from "../connection/timings.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/**
 * Reads and saves blueprints of automations in Home Assistant. Source: Core, components/blueprint/websocket_api.py and
 * components/search/__init__.py.
 *
 * @param timeoutMs how long the app waits for each answer, in milliseconds
 */
export function createBlueprints(
  ask: HomeAssistantConnection["request"],
  timeoutMs: number,
  clock: Clock,
): BlueprintStore {
  const askInTime = createRequestWithTimeout(ask, timeoutMs, clock);

  async function save(
    path: string,
    yaml: string,
    mayOverride: boolean,
    signal: AbortSignal,
  ): Promise<SaveBlueprintResult> {
    const message = {
      type: "blueprint/save",
      domain: "automation",
      path,
      yaml,
      allow_override: mayOverride,
    };
    try {
      await askInTime(message, signal);
      return { kind: "saved" };
    } catch (error) {
      if (!(error instanceof HomeAssistantRefusedError)) throw error;
      if (error.code === "already_exists") return { kind: "exists" };
      return { kind: "refused", reason: error.message };
    }
  }

  /** Resolves with Home Assistant's answer to a command; null if it refuses the command. */
  async function answerTo(message: { readonly type: string }, signal: AbortSignal): Promise<unknown> {
    try {
      return await askInTime(message, signal);
    } catch (error) {
      if (error instanceof HomeAssistantRefusedError) return null;
      throw error;
    }
  }

  return {
    async list(signal) {
      const found = await askInTime({ type: "blueprint/list", domain: "automation" }, signal);
      const forms = Object.entries(asObject(found)).map(
        ([path, entry]) => [path, asObject(asObject(entry)["metadata"])] as const,
      );
      return new Map(forms);
    },
    async readAgain(signal) {
      await askInTime({ type: "call_service", domain: "automation", service: "reload" }, signal);
    },
    async substitute(path, input, signal) {
      const message = { type: "blueprint/substitute", domain: "automation", path, input };
      return asObject(await answerTo(message, signal))["substituted_config"] ?? null;
    },
    async isUsed(path, signal) {
      const message = { type: "search/related", item_type: "automation_blueprint", item_id: path };
      const related = await answerTo(message, signal);
      return related === null || "automation" in asObject(related);
    },
    add: (path, yaml, signal) => save(path, yaml, false, signal),
    replace: (path, yaml, signal) => save(path, yaml, true, signal),
  };
}
