import type { EventData } from "../../domain/events/outgoing-event.ts";

/** A reply that a user writes in the panel. */
export interface Reply {
  /**
   * The ID of the request, equal for the same text from the same form, so that two presses of the button send one
   * message.
   */
  readonly requestId: string;
  readonly to: string;
  /** The sender to use; null for the default one. */
  readonly sender: string | null;
  readonly isWhatsApp: boolean;
  readonly text: string;
}

/** The data of the `twilio_request` event with which an automation would send the same message. */
export function replyRequestData({ requestId, to, sender, isWhatsApp, text }: Reply): EventData {
  return {
    request_id: requestId,
    command: "send_message",
    payload: {
      to,
      message: text,
      ...(sender === null ? {} : { sender }),
      ...(isWhatsApp ? { channel: "whatsapp" } : {}),
    },
  };
}
