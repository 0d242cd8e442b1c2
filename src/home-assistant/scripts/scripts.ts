import type { Clock } from "../../domain/clock.ts";
import type { ScriptEditor, ScriptRefusal } from "../../provisioning/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import type { RestResponse, RestClient } from "../connection/rest-client.ts";
import { createRequestWithTimeout } from "../connection/timings.ts";
import { asObject } from "../events/unwrap-trigger.ts";

/**
 * Reads and writes scripts as Home Assistant's script editor does. It uses REST for scripts.yaml and for single states,
 * which the WebSocket API does not have.
 *
 * @param timeoutMs how long the app waits for each answer over the WebSocket, in milliseconds
 */
export function createScripts(
  rest: RestClient,
  ask: HomeAssistantConnection["request"],
  timeoutMs: number,
  clock: Clock,
): ScriptEditor {
  const askInTime = createRequestWithTimeout(ask, timeoutMs, clock);

  /** Finds a script that Core has loaded; null if Core has none with this ID. */
  async function find(
    id: string,
    signal: AbortSignal,
  ): Promise<{ readonly entityId: string; readonly runs: number } | null> {
    const runs = await runsOf(`script.${id}`, signal);
    if (runs !== null) return { entityId: `script.${id}`, runs };
    // The user may have given the script's entity another ID. The action keeps the name of the script.
    const entityId = await registeredAs(id, signal);
    if (entityId === null || entityId === `script.${id}`) return null;
    const renamedRuns = await runsOf(entityId, signal);
    return renamedRuns === null ? null : { entityId, runs: renamedRuns };
  }

  async function runsOf(entityId: string, signal: AbortSignal): Promise<number | null> {
    const { status, body } = await rest("GET", `states/${entityId}`, { signal });
    const { state, attributes } = asObject(body);
    // A script that was removed, or that is not valid, has this state and no action.
    if (status !== 200 || state === "unavailable") return null;
    return Number(asObject(attributes)["current"] ?? 0);
  }

  async function registeredAs(id: string, signal: AbortSignal): Promise<string | null> {
    const listing = askInTime({ type: "config/entity_registry/list" }, signal);
    const entries = (await listing) as readonly RegistryEntry[];
    const entry = entries.find(({ platform, unique_id: unique }) => platform === "script" && unique === id);
    return entry?.entity_id ?? null;
  }

  return {
    async read(id, signal) {
      const answer = await rest("GET", configPath(id), { signal });
      if (answer.status === 200) return { kind: "found", definition: asObject(answer.body) };
      return answer.status === 404 ? { kind: "absent" } : refusal(answer);
    },
    async write(id, definition, signal) {
      const answer = await rest("POST", configPath(id), { body: definition, signal });
      return answer.status === 200 ? { kind: "stored" } : refusal(answer);
    },
    isLoaded: async (id, signal) => (await find(id, signal))?.runs ?? null,
    async description(id, signal) {
      const found = await find(id, signal);
      if (found === null) return null;
      const message = { type: "script/config", entity_id: found.entityId };
      const { config } = asObject(await askInTime(message, signal));
      const { description } = asObject(config);
      return typeof description === "string" ? description : "";
    },
  };
}

interface RegistryEntry {
  readonly entity_id: string;
  readonly platform: string;
  readonly unique_id: string | number;
}

function configPath(id: string): string {
  return `config/script/config/${id}`;
}

function refusal({ status, body }: RestResponse): ScriptRefusal {
  if (status === 500) return { kind: "unreadable" };
  const message = asObject(body)["message"];
  return { kind: "refused", reason: typeof message === "string" ? message : `HTTP ${status}` };
}
