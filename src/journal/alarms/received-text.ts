import type { ReceivedText } from "../../alarms/changes/reply.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";

/** Reads a stored message, which may be a person's reply to an alarm. */
export function receivedText(seq: number, data: EventData): ReceivedText {
  const field = (name: string): string => {
    const value = data[name];
    return typeof value === "string" ? value : "";
  };
  const payload = field("ButtonPayload");
  const isButton = payload !== "" || field("ButtonText") !== "";
  return {
    seq,
    from: field("From"),
    body: field("Body"),
    isKeyword: field("OptOutType") !== "",
    buttonOf: isButton ? field("OriginalRepliedMessageSid") || null : null,
    buttonPayload: payload,
  };
}
