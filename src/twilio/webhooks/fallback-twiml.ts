import type { CallQuestion } from "../../calls/call-question.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { spokenTwiml } from "../twiml/spoken-twiml.ts";

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
/** Sends no reply to a message. If a call is in progress, Twilio hangs up. */
const EMPTY = `${XML}<Response/>`;
/** Gives the caller the busy tone. The call costs nothing. */
const BUSY = `${XML}<Response><Reject reason="busy"/></Response>`;
const HANG_UP = `${XML}<Response><Hangup/></Response>`;

/** The TwiML for a call that no automation answers, by the option `otherwise`. */
export type IncomingCallFallback =
  | { readonly kind: "reject" }
  | { readonly kind: "hang_up" }
  | { readonly kind: "say"; readonly text: string; readonly language: () => string };

/**
 * Writes the answer to a webhook that no automation answers. An incoming call gets the option's fallback, everything
 * else gets empty TwiML.
 */
export async function fallbackTwiml(kind: WebhookKind, fallback: IncomingCallFallback): Promise<string> {
  switch (kind) {
    case "incoming_call":
      return await unhandledCallTwiml("ringing", fallback);
    case "call":
    case "message":
    case "message_status":
    case "call_status":
    case "recording":
    case "other":
      return EMPTY;
  }
}

/**
 * Writes the TwiML for a call that no automation controls. `asks` is why Twilio sent the webhook: the call rings, was
 * already answered, or has the result of a verb such as `<Gather>`.
 */
export async function unhandledCallTwiml(
  asks: CallQuestion,
  fallback: IncomingCallFallback,
): Promise<string> {
  switch (asks) {
    case "result":
      // An automation controls this call with TwiML of its own. The app answers the result of this TwiML with empty
      // TwiML, as Core's integration does.
      return EMPTY;
    case "ringing":
      return await twimlOfFallback(fallback, BUSY);
    case "arrived":
      // The call has been answered already, so it can no longer get the busy tone.
      return await twimlOfFallback(fallback, HANG_UP);
  }
}

async function twimlOfFallback(fallback: IncomingCallFallback, rejection: string): Promise<string> {
  switch (fallback.kind) {
    case "reject":
      return rejection;
    case "hang_up":
      return HANG_UP;
    case "say":
      return await spokenTwiml({ say: fallback.text, language: fallback.language() });
  }
}
