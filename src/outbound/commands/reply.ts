import type { EventData } from "../../domain/events/outgoing-event.ts";

/** A message that a user writes in the panel. */
export interface Reply {
  /** Equal for the same text from the same form, so that two presses of the button send one message. */
  readonly requestId: string;
  readonly to: string;
  /** The sender to use; null for the default one. */
  readonly sender: string | null;
  readonly isWhatsApp: boolean;
  /** Empty if the message has only pictures. */
  readonly text: string;
  /** As in the field `media` of `script.twilio_send_message`. */
  readonly media: readonly string[];
}

/** The data of the `twilio_request` event with which an automation would send the same message. */
export function replyRequestData({ requestId, to, sender, isWhatsApp, text, media }: Reply): EventData {
  return {
    request_id: requestId,
    command: "send_message",
    payload: {
      to,
      ...(text === "" ? {} : { message: text }),
      ...(media.length === 0 ? {} : { media }),
      ...(sender === null ? {} : { sender }),
      ...(isWhatsApp ? { channel: "whatsapp" } : {}),
    },
  };
}

/** A call that a user makes in the panel. */
export interface PanelCall {
  readonly requestId: string;
  readonly to: string;
  /** The number to call from; null for the default one. */
  readonly sender: string | null;
  /** What the app says, or the number with which it connects the phone at `to`. */
  readonly instructions: { readonly say: string } | { readonly connectTo: string };
}

/** The data of the `twilio_request` event with which an automation would make the same call. */
export function callRequestData({ requestId, to, sender, instructions }: PanelCall): EventData {
  const content = "say" in instructions ? instructions : { connect_to: instructions.connectTo };
  return {
    request_id: requestId,
    command: "make_call",
    payload: { to, ...content, ...(sender === null ? {} : { sender }) },
  };
}
