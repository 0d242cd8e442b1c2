import type Twilio from "twilio/lib/rest/Twilio.js";

import type { CallInstructions, SendOutcome, SendRequest } from "../domain/send-request.ts";
import { outcomeOfFailure } from "./send-outcome.ts";
import { spokenTwiml } from "./spoken-twiml.ts";
import { loadTwilioClient } from "./twilio-client.ts";
import type { TwilioAccount } from "./twilio-client.ts";

/** Twilio's limit for TwiML sent with a call. Source: twilio.com/docs/voice/api/call-resource */
const MOST_TWIML = 4000;

/** Sends a message or places a call. Asks Twilio at most once and never throws: what is known is in the outcome. */
export function createSender(account: TwilioAccount): (request: SendRequest) => Promise<SendOutcome> {
  let client: Promise<Twilio> | null = null;

  return async function send(request) {
    client ??= loadTwilioClient(account);
    const { api } = await client;
    const { to, from } = request;
    if (request.command === "make_call") {
      const instructions = await callInstructions(request.instructions);
      if ("twiml" in instructions && instructions.twiml.length > MOST_TWIML) {
        return tooLong(instructions.twiml.length);
      }
      return await outcome(() => api.v2010.account.calls.create({ to, from, ...instructions }));
    }
    const { body, mediaUrls } = request;
    const sender = /^MG[0-9a-f]{32}$/i.test(from) ? { messagingServiceSid: from } : { from };
    const media = mediaUrls.length > 0 ? { mediaUrl: [...mediaUrls] } : {};
    return await outcome(() => api.v2010.account.messages.create({ to, ...sender, body, ...media }));
  };
}

async function callInstructions(instructions: CallInstructions) {
  if ("twimlUrl" in instructions) return { url: instructions.twimlUrl };
  return { twiml: await spokenTwiml(instructions.say, instructions.language) };
}

interface Created {
  readonly sid: string;
  readonly status: string;
  readonly numSegments?: string;
}

async function outcome(create: () => Promise<Created>): Promise<SendOutcome> {
  try {
    const { sid, status, numSegments } = await create();
    return {
      kind: "accepted",
      sid,
      status,
      segments: numSegments === undefined ? null : Number(numSegments),
    };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

function tooLong(length: number): SendOutcome {
  const message = `The text to speak makes ${length} characters of TwiML; Twilio takes at most ${MOST_TWIML}.`;
  return { kind: "refused", error: { code: "invalid", message, more_info: null } };
}
