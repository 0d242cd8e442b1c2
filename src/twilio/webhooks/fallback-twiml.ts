import type { CallQuestion } from "../../calls/call-question.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { spokenTwiml } from "../twiml/spoken-twiml.ts";

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
/** No reply to a message; for a call in progress it means: go on to its end. */
const NOTHING = `${XML}<Response/>`;
/** The caller hears the busy tone, and nobody pays. */
const BUSY = `${XML}<Response><Reject reason="busy"/></Response>`;
const HANG_UP = `${XML}<Response><Hangup/></Response>`;

/** What a caller meets whom no automation answers. */
export type IncomingCallFallback =
  | { readonly kind: "reject" }
  | { readonly kind: "hang_up" }
  | { readonly kind: "say"; readonly text: string; readonly language: () => string };

/** The TwiML for a kind of webhook. */
export async function fallbackTwiml(kind: WebhookKind, otherwise: IncomingCallFallback): Promise<string> {
  switch (kind) {
    case "incoming_call":
      return await unhandledCallTwiml("ringing", otherwise);
    case "call":
    case "message":
    case "message_status":
    case "call_status":
    case "recording":
    case "other":
      return NOTHING;
  }
}

/** The TwiML for a call that no automation takes. */
export async function unhandledCallTwiml(
  asks: CallQuestion,
  otherwise: IncomingCallFallback,
): Promise<string> {
  switch (asks) {
    case "result":
      // What was entered is an automation's, as with Home Assistant's own integration: nothing is to be said to it.
      return NOTHING;
    case "ringing":
      return await twimlOfFallback(otherwise, BUSY);
    case "arrived":
      // Who is through already cannot hear the busy tone.
      return await twimlOfFallback(otherwise, HANG_UP);
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
