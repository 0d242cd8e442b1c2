import { sessionTermsOf } from "../../calls/talk-step.ts";
import { inChannelOf } from "../../domain/address/channel-address.ts";
import type { CallInstructions, MessageOrCall } from "../delivery/message-or-call.ts";
import type { MakeCallPayload } from "./make-call.ts";
import type { SendMessagePayload } from "./send-message.ts";
import { firstStepOfCall } from "./step-of-call.ts";

type Message = Extract<MessageOrCall, { readonly command: "send_message" }>;
type Call = Extract<MessageOrCall, { readonly command: "make_call" }>;

/**
 * The message of a payload to one recipient. `to` becomes a WhatsApp recipient if the payload or the sender says so.
 *
 * @param defaultSender used if the payload has no sender
 * @param sendAt ISO 8601; null to send now
 */
export function messageOf(
  payload: SendMessagePayload,
  address: string,
  defaultSender: string | null,
  sendAt: string | null,
): Message {
  const { message, media, content_sid: sid, content_variables: variables, valid_for: validFor } = payload;
  const from = payload.sender ?? defaultSender;
  const to = payload.channel === undefined ? inChannelOf(from, address) : address;
  return {
    command: "send_message",
    to: payload.channel === "whatsapp" ? byWhatsApp(to) : to,
    from,
    body: message ?? "",
    mediaUrls: media ?? [],
    ...(sid === undefined ? {} : { content: { sid, variables: variables ?? null } }),
    ...(sendAt === null ? {} : { sendAt }),
    ...(validFor === undefined ? {} : { validFor }),
  };
}

function byWhatsApp(address: string): string {
  return address.startsWith("+") ? `whatsapp:${address}` : address;
}

/**
 * The call of a payload to one recipient.
 *
 * @param defaultSender used if the payload has no sender
 * @param language of spoken text, used if the payload names none
 */
export function callOf(
  payload: MakeCallPayload,
  address: string,
  defaultSender: string | null,
  language: string,
): Call {
  return {
    command: "make_call",
    to: address,
    from: payload.sender ?? defaultSender,
    instructions: instructionsOf(payload, language),
    ringSeconds: payload.ring_seconds,
    detectMachine: payload.detect_machine,
    record: payload.record,
  };
}

function instructionsOf(payload: MakeCallPayload, language: string): CallInstructions {
  const { say, play, twiml, twiml_url: twimlUrl, voice, repeat } = payload;
  const step = firstStepOfCall(payload);
  // oxlint-disable-next-line house/plain-words -- the name in stored requests
  if (step !== null) return { opening: { step, terms: sessionTermsOf(payload, language) } };
  if (twimlUrl !== undefined) return { twimlUrl };
  if (twiml !== undefined) return { twiml };
  if (play !== undefined) return { play, repeat };
  return {
    say: say ?? "",
    language: payload.language ?? language,
    repeat,
    ...(voice === undefined ? {} : { voice }),
  };
}
