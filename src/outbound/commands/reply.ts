import type { EventData } from "../../domain/events/outgoing-event.ts";

/** A message that a user writes in the panel. */
export interface Reply {
  /**
   * The ID of the request. The form gives the same ID to the same text, so pressing the button twice sends one message.
   */
  readonly requestId: string;
  readonly to: string;
  /** The number or Messaging Service that sends the message; null for the default sender. */
  readonly sender: string | null;
  readonly isWhatsApp: boolean;
  /** The text of the message. Empty if the message has only pictures. */
  readonly text: string;
  /** Pictures, written as in the field `media` of `script.twilio_send_message`. */
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
  /** The number from which the app makes the call; null for the default sender. */
  readonly sender: string | null;
  /** `say`: the text that the app speaks. `connectTo`: the number with which the app connects the phone at `to`. */
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
