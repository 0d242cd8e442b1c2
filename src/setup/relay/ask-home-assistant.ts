import { setUpError } from "./set-up-error.ts";

/**
 * Asks Home Assistant during the relay's set-up or removal. If the request fails for any reason, it rejects with the
 * code `home_assistant_away`, for which the page has a sentence.
 */
export async function askHomeAssistant<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch {
    throw setUpError("home_assistant_away", "Home Assistant does not answer");
  }
}
