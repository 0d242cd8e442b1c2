import type { LoggedEvent } from "../../src/inbound/logged-event.ts";

/** An event about a message that has just come; `seq` is its number in the log. */
export function loggedEvent(seq: number, over: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    seq,
    type: "twilio_data_received",
    kind: "message",
    data: { n: seq },
    receivedAt: 0,
    maybeDelivered: false,
    stale: false,
    ...over,
  };
}
