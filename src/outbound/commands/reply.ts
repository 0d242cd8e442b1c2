import type { EventData } from "../../domain/events/outgoing-event.ts";

/** A message that somebody writes back from the panel. */
export interface Reply {
  /** The same for the same text out of the same form: whoever presses twice sends once. */
  readonly requestId: string;
  readonly to: string;
  /** Ours; null for the usual one. */
  readonly sender: string | null;
  readonly isWhatsApp: boolean;
  readonly text: string;
}

/** The data of the `twilio_request` event with which an automation would ask for the same. */
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
