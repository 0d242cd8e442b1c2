import type { Contacts } from "../contacts/open-contacts.ts";
import type { PublishEvent } from "../domain/events/app-event.ts";
import type { Notifications } from "../domain/notification.ts";
import { reportJournalLoss } from "../health/notification.ts";
import { connectHomeAssistant } from "../home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createNotifications } from "../home-assistant/notifications.ts";
import type { Journal } from "../journal/journal.ts";
import { loadTexts } from "../texts/texts-for.ts";
import type { AppSettings } from "./process/settings.ts";
import { publishNotifications } from "./published-notifications.ts";

export interface HomeAssistantDependencies {
  readonly settings: Pick<AppSettings, "homeAssistant" | "timings" | "transport" | "clock" | "logger">;
  readonly journal: Pick<Journal, "loss">;
  readonly contacts: Pick<Contacts, "ready">;
  readonly publish: PublishEvent;
}

export interface HomeAssistantServices extends AsyncDisposable {
  readonly homeAssistant: HomeAssistantConnection;
  readonly notifications: Notifications;
}

/**
 * Connects to Home Assistant until disposed. If the caller subscribes to events at once, without `await`, it misses
 * none.
 */
export function openHomeAssistant(parts: HomeAssistantDependencies): HomeAssistantServices {
  const { settings, journal, contacts, publish } = parts;
  const { transport, clock, logger } = settings;
  const { url, token } = settings.homeAssistant;
  const timings = settings.timings ?? {};
  const homeAssistant = connectHomeAssistant({
    url,
    token,
    timings,
    transport,
    clock,
    logger,
    prepare: async ({ language }) => void (await loadTexts(language)),
  });
  const notifications = publishNotifications(createNotifications(homeAssistant, logger), publish);
  reportJournalLoss(journal.loss, notifications, logger);
  const stopListening = homeAssistant.onRunning(({ country }) => contacts.ready(country));
  homeAssistant.subscribeTrigger(
    { platform: "event", event_type: "core_config_updated" },
    () => void homeAssistant.readSettings(),
  );
  return {
    homeAssistant,
    notifications,
    async [Symbol.asyncDispose]() {
      stopListening();
      await homeAssistant[Symbol.asyncDispose]();
    },
  };
}
