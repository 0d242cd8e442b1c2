import type { HomeAssistantConnection } from "./connect-home-assistant.ts";

type CallService = HomeAssistantConnection["callService"];

/** Shows a notification in Home Assistant; one with the same id is replaced. Throws as `callService` does. */
export async function raiseNotification(
  callService: CallService,
  { id, title, message }: { readonly id: string; readonly title: string; readonly message: string },
): Promise<void> {
  await callService("persistent_notification", "create", { notification_id: id, title, message });
}

export async function dismissNotification(callService: CallService, id: string): Promise<void> {
  await callService("persistent_notification", "dismiss", { notification_id: id });
}
