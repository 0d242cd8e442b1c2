import type { EventBus, FireOutcome } from "../../inbound/ports.ts";
import type { HomeAssistantConnection } from "../connection/connect.ts";
import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "../connection/errors.ts";

/**
 * The error codes with which Core refuses every event. For example, `unauthorized` means that the user of the token is
 * not an administrator.
 */
const REFUSES_EVERY_EVENT: ReadonlySet<string> = new Set(["unauthorized", "unknown_command", "id_reuse"]);

/** Creates the part of the app that fires events in Home Assistant. */
export function createEventBus(connection: Pick<HomeAssistantConnection, "running" | "fireEvent">): EventBus {
  return {
    isRunning: () => connection.running,
    fire: (type, data) => fireOutcomeOf(connection.fireEvent(type, data)),
  };
}

/** Turns the result or the error of `fireEvent` into a `FireOutcome`. Never rejects. */
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
