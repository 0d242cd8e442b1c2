import type { HomeAssistantConnection } from "./connect-home-assistant.ts";
import { HomeAssistantUnavailableError } from "./errors.ts";
import { pause } from "./pause.ts";

type Ask = HomeAssistantConnection["ask"];

/** Asks as `ask` does, but for `timeoutMs` at most: whoever stops must not wait for a Home Assistant that hangs. */
export function createAskInTime(ask: Ask, timeoutMs: number) {
  return async function askInTime(message: Parameters<Ask>[0], signal: AbortSignal): Promise<unknown> {
    const answered = new AbortController();
    const over = pause(timeoutMs, AbortSignal.any([signal, answered.signal])).then(() => {
      throw new HomeAssistantUnavailableError("Home Assistant did not answer.", true);
    });
    return await Promise.race([ask(message), over]).finally(() => answered.abort());
  };
}
