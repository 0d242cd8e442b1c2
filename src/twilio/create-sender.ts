import { unknownOutcome } from "../domain/send-request.ts";
import type { CallInstructions, PreparedSend, SendOutcome, SendRequest } from "../domain/send-request.ts";
import type { ReportedError } from "../domain/twilio-error.ts";
import { outcomeOfFailure, outcomeOfQuestion } from "./send-outcome.ts";
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

type Request<Command> = Extract<SendRequest, { readonly command: Command }>;

/**
 * Prepares a message or a call up to the one request that sends it: what takes its time, or fails without leaving a
 * doubt, comes before, so that the caller can note in between that Twilio is being asked. Never throws.
 */
export function createSender({ api, publicAddress, defaultSender }: CreateSenderOptions) {
  return async function prepare(request: SendRequest): Promise<PreparedSend> {
    try {
      return request.command === "make_call" ? await prepareCall(request) : await prepareMessage(request);
    } catch (error) {
      return outcomeOfQuestion(error);
    }
  };

  async function prepareMessage(request: Request<"send_message">): Promise<PreparedSend> {
    const { to, body, mediaUrls } = request;
    const chosen = await senderOf(request);
    if ("error" in chosen) return { kind: "refused", error: chosen.error };
    const { from } = chosen;
    const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { messagingServiceSid: from } : { from };
    const media = mediaUrls.length > 0 ? { mediaUrl: [...mediaUrls] } : {};
    const { account } = await api();
    return ready((reference) =>
      account.messages.create({ to, ...sender, body, ...media, ...callbackTo("message", reference) }),
    );
  }

  async function prepareCall(request: Request<"make_call">): Promise<PreparedSend> {
    const { to } = request;
    const instructions = await callInstructions(request.instructions);
    if ("twiml" in instructions && instructions.twiml.length > MOST_TWIML) {
      return tooLong(instructions.twiml.length);
    }
    const chosen = await senderOf(request);
    if ("error" in chosen) return { kind: "refused", error: chosen.error };
    const { from } = chosen;
    const { account } = await api();
    return ready((reference) => {
      const callback = callbackTo("call", reference);
      const events = callback === null ? {} : { ...callback, statusCallbackEvent: CALL_EVENTS };
      return account.calls.create({ to, from, ...instructions, ...events });
    });
  }

  async function senderOf({ from, command }: SendRequest) {
    return from === null ? await defaultSender(command) : { from };
  }

  function callbackTo(what: "message" | "call", reference: string) {
    const base = publicAddress();
    return base === null || reference === ""
      ? null
      : { statusCallback: `${base}/status/${what}?ref=${reference}` };
  }
}

/** What Twilio's client gives for what was made. Typed as it may come: a compatible provider can leave anything out. */
interface Created {
  readonly sid?: string;
  readonly status: string;
  readonly numSegments?: string;
}

function ready(create: (reference: string) => Promise<Created>): PreparedSend {
  return {
    kind: "ready",
    async post(reference) {
      try {
        return accepted(await create(reference));
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
  };
}

function accepted({ sid, status, numSegments }: Created): SendOutcome {
  if (!sid) return unknownOutcome("Twilio's answer names no SID");
  return { kind: "accepted", sid, status, segments: numSegments === undefined ? null : Number(numSegments) };
}

async function callInstructions(instructions: CallInstructions) {
  if ("twimlUrl" in instructions) return { url: instructions.twimlUrl };
  return { twiml: await spokenTwiml(instructions.say, instructions.language) };
}

function tooLong(length: number): PreparedSend {
  const message = `The text to speak makes ${length} characters of TwiML; Twilio takes at most ${MOST_TWIML}.`;
  return { kind: "refused", error: { code: "invalid", message, more_info: null } };
}
