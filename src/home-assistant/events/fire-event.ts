import type { EventBus, FireOutcome } from "../../inbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "../connection/errors.ts";

/** Answers that any event would get: a user without an administrator's rights, a connection out of step. */
const NO_FAULT_OF_THE_EVENT: ReadonlySet<string> = new Set(["unauthorized", "unknown_command", "id_reuse"]);

/** Home Assistant's event bus, behind its connection. */
export function createEventBus(connection: Pick<HomeAssistantConnection, "running" | "fireEvent">): EventBus {
  return {
    isRunning: () => connection.running,
    fire: (type, data) => fireOutcomeOf(connection.fireEvent(type, data)),
  };
}

/** What the end of a `fireEvent` says about its delivery. */
export async function fireOutcomeOf(fired: Promise<void>): Promise<FireOutcome> {
  try {
    await fired;
    return { kind: "fired" };
  } catch (error) {
    if (error instanceof HomeAssistantRefusedError) {
      const reason = `${error.code}: ${error.message}`;
      return { kind: NO_FAULT_OF_THE_EVENT.has(error.code) ? "forbidden" : "refused", reason };
    }
    if (error instanceof HomeAssistantUnavailableError && !error.sent) return { kind: "away" };
    return { kind: "maybe_delivered" };
  }
}
