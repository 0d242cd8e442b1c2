import type { WebhookKind } from "../../src/domain/events/webhook.ts";
import type { Journal } from "../../src/journal/journal.ts";
import type { Command } from "../../src/outbound/delivery/command.ts";
import type { MessageOrCall } from "../../src/outbound/delivery/message-or-call.ts";

let made = 0;

/** Stores an event as a webhook does. `at` is its time in milliseconds since 1970. */
export async function saveEvent(
  store: Pick<Journal, "eventLog">,
  data: Readonly<Record<string, unknown>>,
  at: number,
  kind: WebhookKind = "message",
  sid: string | null = null,
): Promise<void> {
  made += 1;
  await store.eventLog.saveWebhook({
    key: { sid, key: `key-${made}`, identicalWebhook: null, signature: null },
    events: [{ type: kind === "recording" ? "twilio_recording" : "twilio_data_received", kind, data }],
    receivedAt: at,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
  });
}

/** A request with a message to one recipient. The reference of its delivery is `ref_` and the request's ID. */
export function messageTo(requestId: string, to: string, body: string, at: number): Command {
  return commandFor(requestId, { command: "send_message", to, from: null, body, mediaUrls: [] }, at);
}

/** A request with a call to one recipient that says a text. */
export function callOf(requestId: string, to: string, at: number): Command {
  const instructions = { say: "Good evening", language: "en-GB" };
  return commandFor(requestId, { command: "make_call", to, from: null, instructions }, at);
}

function commandFor(requestId: string, request: MessageOrCall, at: number): Command {
  return {
    requestId,
    command: request.command,
    origin: "notify.twilio_sms",
    fingerprint: requestId,
    waitFor: "accepted",
    receivedAt: at,
    deadline: at + 600_000,
    deliveries: [
      {
        position: 0,
        request,
        state: "waiting",
        result: null,
        reference: `ref_${requestId}`,
        postedAt: null,
        accepted: null,
      },
    ],
  };
}
