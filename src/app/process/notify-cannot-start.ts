import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { wordsOf } from "../../domain/notification.ts";
import type { Transport } from "../../domain/transport.ts";
import { cannotStartNotification } from "../../health/option-problems.ts";
import { createRestClient } from "../../home-assistant/connection/rest-client.ts";
import { asObject } from "../../home-assistant/events/unwrap-trigger.ts";
import { loadTexts, textsFor } from "../../texts/texts-for.ts";
import { homeAssistantFrom, ownConfigurationPath } from "./environment.ts";

/**
 * How long the two requests to Home Assistant may take together, in milliseconds. One asks for the language, the other
 * shows the notification. The process ends afterwards.
 */
const ANSWER_MS = 4_000;

export interface NotifyCannotStartParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Shows a notification in Home Assistant with the faults of the credentials, because the app ends and shows no page. If
 * Home Assistant does not answer, only the log has the faults. The next successful start dismisses the notification.
 * Never rejects.
 */
export async function notifyCannotStart(
  faults: readonly string[],
  { env, transport, clock, logger }: NotifyCannotStartParts,
): Promise<void> {
  const notification = cannotStartNotification(faults, ownConfigurationPath(env));
  try {
    const { url, token } = homeAssistantFrom(env);
    const ask = createRestClient({ url, token, timeoutMs: ANSWER_MS, transport, clock });
    const signal = clock.timeoutSignal(ANSWER_MS);
    const { body: settings } = await ask("GET", "config", { signal });
    const language = String(asObject(settings)["language"]);
    await loadTexts(language);
    const { title, message } = wordsOf(notification, textsFor(language));
    await ask("POST", "services/persistent_notification/create", {
      body: { notification_id: notification.id, title, message },
      signal,
    });
  } catch (error) {
    logger.debug(`The app could not show in Home Assistant why it cannot start: ${String(error)}`);
  }
}
