import type { Command } from "../../../src/outbound/delivery/command.ts";

/** A request that sends "hi" to each recipient. Its deadline is ten minutes after its receipt. */
export function commandOf(recipients: readonly string[], over: Partial<Command> = {}): Command {
  return {
    requestId: "req_1",
    command: "send_message",
    origin: "twilio_request",
    fingerprint: "f",
    waitFor: "accepted",
    receivedAt: 0,
    deadline: 600_000,
    deliveries: recipients.map((to, position) => ({
      position,
      request: { command: "send_message", to, from: "+15550009", body: "hi", mediaUrls: [] },
      state: "waiting",
      result: null,
      reference: `${over.requestId ?? "req_1"}-${position}`,
      postedAt: null,
      accepted: null,
    })),
    ...over,
  };
}
