import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "./errors.ts";

type FireOutcome =
  | { kind: "fired" }
  | { kind: "away" }
  | { kind: "unsure" }
  | { kind: "refused"; reason: string };

/** What the end of a `fireEvent` says about its delivery. */
export async function fireOutcome(fired: Promise<void>): Promise<FireOutcome> {
  try {
    await fired;
    return { kind: "fired" };
  } catch (error) {
    if (error instanceof HomeAssistantRefusedError)
      return { kind: "refused", reason: `${error.code}: ${error.message}` };
    if (error instanceof HomeAssistantUnavailableError && !error.sent) return { kind: "away" };
    return { kind: "unsure" };
  }
}
