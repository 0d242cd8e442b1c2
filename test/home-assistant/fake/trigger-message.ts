import type { WebhookTrigger } from "./fake-webhooks.ts";

/** A `subscribe_trigger` command as the fake stores it. */
export interface Subscription {
  readonly id: number;
  readonly triggers: readonly (EventTrigger | WebhookTrigger)[];
}

export interface EventTrigger {
  readonly platform: "event";
  readonly event_type: string;
  readonly event_data?: Record<string, unknown>;
}

/** Whether a trigger is for a webhook of Home Assistant, not for an event. */
export function isWebhookTrigger(trigger: EventTrigger | WebhookTrigger): trigger is WebhookTrigger {
  return trigger.platform === "webhook";
}

/** The message of Core for an event, fired at `at`, that matches the filter; null for other events. */
export function triggerMessage(
  { id, triggers }: Subscription,
  eventType: string,
  data: Readonly<Record<string, unknown>>,
  at = new Date(),
): object | null {
  const fits = triggers.some(
    (one) =>
      !isWebhookTrigger(one) &&
      one.event_type === eventType &&
      Object.entries(one.event_data ?? {}).every(([name, value]) => data[name] === value),
  );
  if (!fits) return null;
  const context = { id: "c", parent_id: null, user_id: null };
  const event = {
    event_type: eventType,
    data,
    origin: "LOCAL",
    time_fired: at.toISOString(),
    context,
  };
  const trigger = {
    id: "0",
    idx: "0",
    alias: null,
    platform: "event",
    event,
    description: `event '${eventType}'`,
  };
  return { id, type: "event", event: { variables: { trigger }, context } };
}
