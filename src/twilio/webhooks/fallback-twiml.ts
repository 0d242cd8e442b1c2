import type { CallQuestion } from "../../calls/call-question.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { spokenTwiml } from "../twiml/spoken-twiml.ts";

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
/** No reply to a message. For a call in progress, Twilio hangs up. */
const EMPTY = `${XML}<Response/>`;
/** The caller hears the busy tone, and the call costs nothing. */
const BUSY = `${XML}<Response><Reject reason="busy"/></Response>`;
const HANG_UP = `${XML}<Response><Hangup/></Response>`;

/** What happens to a call that no automation answers. */
export type IncomingCallFallback =
  | { readonly kind: "reject" }
  | { readonly kind: "hang_up" }
  | { readonly kind: "say"; readonly text: string; readonly language: () => string };

/** Creates the TwiML for a webhook that no automation answers: for an incoming call the fallback, else empty. */
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

/** Creates the TwiML for a call that no automation controls. */
export async function unhandledCallTwiml(
  asks: CallQuestion,
  fallback: IncomingCallFallback,
): Promise<string> {
  switch (asks) {
    case "result":
      // The input belongs to an automation with its own TwiML, so the answer is empty, as in Core's integration.
      return EMPTY;
    case "ringing":
      return await twimlOfFallback(fallback, BUSY);
    case "arrived":
      // An answered call cannot be rejected with the busy tone.
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
