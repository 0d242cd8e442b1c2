import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import type { Clock } from "../../domain/clock.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError } from "../connection/errors.ts";
import { createRequestWithTimeout } from "../connection/timings.ts";
import { asObject } from "../events/trigger-data.ts";

export type SaveBlueprintResult =
  | { readonly kind: "saved" }
  /** There is a file of that name, which stays as it is. */
  | { readonly kind: "exists" }
  | { readonly kind: "refused"; readonly reason: string };

/** Core's automation blueprints. `path` is below Core's own folder: `twilio/gate_on_call.yaml`. */
export interface Blueprints {
  /** The paths of all, those that Core cannot read too. Throws as the connection does. */
  list(signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** Never writes over a file. Core checks the text and stores it anew, without its comments. */
  save(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
}

/** Source: Core, components/blueprint/websocket_api.py. `timeoutMs`: how long one answer may take. */
export function createBlueprints(
  ask: HomeAssistantConnection["request"],
  timeoutMs: number,
  clock: Clock,
): Blueprints {
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

/** The names of the blueprints that the app brings. */
export async function listBlueprintFiles(directory: string): Promise<readonly string[]> {
  const files = await readdir(directory);
  return files.filter((file) => file.endsWith(".yaml")).toSorted();
}

export async function readBlueprintFile(directory: string, file: string): Promise<string> {
  return await readFile(join(directory, file), "utf8");
}
