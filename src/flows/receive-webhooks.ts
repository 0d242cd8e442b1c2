import type { WebhookFields } from "../domain/classify-webhook.ts";
import { classifyWebhook } from "../domain/classify-webhook.ts";
import { inboundEvents } from "../domain/inbound-event.ts";
import type { OutgoingEvent } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";

export interface ReceiveWebhooksOptions {
  readonly webhookId: string;
  /** False where a message from no contact is to be kept without an event. */
  readonly reportStrangers: boolean;
  readonly contactOf: (address: string) => string | null;
  readonly keepWebhook: (
    key: string,
    events: readonly OutgoingEvent[],
    receivedAt: number,
    fate: "pending" | "kept",
  ) => boolean;
  /** Told that something waits for Home Assistant. */
  readonly onKept: () => void;
  readonly newEventId: () => string;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** First half of the inbound story: a verified webhook is on disk when this returns, once however often it comes. */
export function createWebhookReceiver(options: ReceiveWebhooksOptions) {
  return function receiveWebhook(fields: WebhookFields, key: string): void {
    const receivedAt = options.now();
    const kind = classifyWebhook(fields);
    const events = inboundEvents(fields, {
      webhookId: options.webhookId,
      eventId: options.newEventId(),
      receivedAt,
      contactOf: options.contactOf,
    });
    const isStranger = kind === "message" && events[0]?.data["contact"] === null;
    const fate = isStranger && !options.reportStrangers ? "kept" : "pending";
    if (!options.keepWebhook(key, events, receivedAt.getTime(), fate)) {
      options.logger.debug(`Twilio repeated a webhook (${kind}); it was answered again and fires nothing.`);
      return;
    }
    if (fate === "kept") {
      options.logger.info("Kept a message from a stranger without an event, as incoming_messages says.");
      return;
    }
    options.onKept();
  };
}
