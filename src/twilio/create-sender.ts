import type { CallInstructions, SendOutcome, SendRequest } from "../domain/send-request.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import { outcomeOfFailure } from "./send-outcome.ts";
import { spokenTwiml } from "./spoken-twiml.ts";
import type { TwilioApi } from "./twilio-client.ts";

/** Twilio's limit for TwiML sent with a call. Source: twilio.com/docs/voice/api/call-resource */
const MOST_TWIML = 4000;

/** Twilio reports only the end of a call unless asked for more. */
const CALL_EVENTS = ["initiated", "ringing", "answered", "completed"];

export interface CreateSenderOptions {
  readonly api: () => Promise<TwilioApi>;
  /** Where Twilio reports statuses, such as `https://home.example`; null while it is not known. */
  readonly publicAddress: () => string | null;
  /** The number to use where a request names none. */
  readonly defaultSender: (
    command: SendRequest["command"],
  ) => Promise<{ readonly from: string } | { readonly error: ReportedError }>;
}

/**
 * Sends a message or places a call, with `reference` in the address of its status callback. Asks Twilio at most once
 * and never throws: what is known is in the outcome.
 */
export function createSender({ api, publicAddress, defaultSender }: CreateSenderOptions) {
  return async function send(request: SendRequest, reference: string): Promise<SendOutcome> {
    const sender = await senderOf(request);
    if ("kind" in sender) return sender;
    try {
      return await create(request, sender.from, reference);
    } catch (error) {
      return outcomeOfFailure(error);
    }
  };

  async function senderOf({ from, command }: SendRequest): Promise<SendOutcome | { readonly from: string }> {
    if (from !== null) return { from };
    try {
      const chosen = await defaultSender(command);
      return "error" in chosen ? { kind: "refused", error: chosen.error } : chosen;
    } catch (error) {
      const outcome = outcomeOfFailure(error);
      if (outcome.kind !== "unknown") return outcome;
      // Nothing but a question was asked so far.
      const { message } = outcome.error;
      return {
        kind: "not_sent",
        error: { code: "twilio_away", message, more_info: null },
        retryAfterMs: null,
      };
    }
  }

  async function create(request: SendRequest, from: string, reference: string): Promise<SendOutcome> {
    const { account } = await api();
    const { to } = request;
    if (request.command === "make_call") {
      const instructions = await callInstructions(request.instructions);
      if ("twiml" in instructions && instructions.twiml.length > MOST_TWIML) {
        return tooLong(instructions.twiml.length);
      }
      const callback = callbackTo("call", reference);
      const events = callback === null ? {} : { ...callback, statusCallbackEvent: CALL_EVENTS };
      return accepted(await account.calls.create({ to, from, ...instructions, ...events }));
    }
    const { body, mediaUrls } = request;
    const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { messagingServiceSid: from } : { from };
    const media = mediaUrls.length > 0 ? { mediaUrl: [...mediaUrls] } : {};
    const callback = callbackTo("message", reference);
    return accepted(await account.messages.create({ to, ...sender, body, ...media, ...callback }));
  }

  function callbackTo(what: "message" | "call", reference: string) {
    const base = publicAddress();
    return base === null || reference === ""
      ? null
      : { statusCallback: `${base}/status/${what}?ref=${reference}` };
  }
}

async function callInstructions(instructions: CallInstructions) {
  if ("twimlUrl" in instructions) return { url: instructions.twimlUrl };
  return { twiml: await spokenTwiml(instructions.say, instructions.language) };
}

function accepted(created: {
  readonly sid: string;
  readonly status: string;
  readonly numSegments?: string;
}): SendOutcome {
  const { sid, status, numSegments } = created;
  return { kind: "accepted", sid, status, segments: numSegments === undefined ? null : Number(numSegments) };
}

function tooLong(length: number): SendOutcome {
  const message = `The text to speak makes ${length} characters of TwiML; Twilio takes at most ${MOST_TWIML}.`;
  return { kind: "refused", error: { code: "invalid", message, more_info: null } };
}
