import type { EventBus, FireOutcome } from "../../inbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "../connection/errors.ts";

/** Refusals of every event: the user is not an administrator, or the connection's ids are wrong. */
const REFUSES_EVERY_EVENT: ReadonlySet<string> = new Set(["unauthorized", "unknown_command", "id_reuse"]);

/** Fires events into Home Assistant over the connection. */
export function createEventBus(connection: Pick<HomeAssistantConnection, "running" | "fireEvent">): EventBus {
  return {
    isRunning: () => connection.running,
    fire: (type, data) => fireOutcomeOf(connection.fireEvent(type, data)),
  };
}

/** Converts the result or error of `fireEvent` to a `FireOutcome`. Never rejects. */
export async function fireOutcomeOf(fired: Promise<void>): Promise<FireOutcome> {
  try {
    await fired;
    return { kind: "fired" };
  } catch (error) {
    if (error instanceof HomeAssistantRefusedError) {
      const reason = `${error.code}: ${error.message}`;
      return { kind: REFUSES_EVERY_EVENT.has(error.code) ? "forbidden" : "refused", reason };
    }
    if (error instanceof HomeAssistantUnavailableError && !error.sent) return { kind: "away" };
    return { kind: "maybe_delivered" };
  }
}
