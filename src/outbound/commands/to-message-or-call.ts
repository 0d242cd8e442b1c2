import { sessionTermsOf } from "../../calls/talk-step.ts";
import { inChannelOf, withoutPhoneChannel } from "../../domain/address/channel-address.ts";
import type { CallInstructions, MessageOrCall } from "../delivery/message-or-call.ts";
import type { MakeCallPayload } from "./make-call.ts";
import type { SendMessagePayload } from "./send-message.ts";
import { firstStepOfCall } from "./step-of-call.ts";

type Message = Extract<MessageOrCall, { readonly command: "send_message" }>;
type Call = Extract<MessageOrCall, { readonly command: "make_call" }>;

/**
 * Makes the message to one recipient from a payload. The recipient's number gets the channel that the payload names, or
 * else the channel of a WhatsApp or RCS sender.
 *
 * @param defaultSender the sender if the payload names none
 * @param sendAt when Twilio sends the message, in ISO 8601; null to send now
 */
export function messageOf(
  payload: SendMessagePayload,
  address: string,
  defaultSender: string | null,
  sendAt: string | null,
): Message {
  const { message, media, content_sid: sid, content_variables: variables, valid_for: validFor } = payload;
  const from = payload.sender ?? defaultSender;
  const to = payload.channel === undefined ? inChannelOf(from, address) : byChannel(payload.channel, address);
  return {
    command: "send_message",
    to,
    from,
    body: message ?? "",
    mediaUrls: media ?? [],
    ...(sid === undefined ? {} : { content: { sid, variables: variables ?? null } }),
    ...(sendAt === null ? {} : { sendAt }),
    ...(validFor === undefined ? {} : { validFor }),
  };
}

/**
 * Writes a phone number as the address in a channel. A contact may have the number in another channel. A channel
 * address without a phone number, such as `messenger:…`, exists in its own channel only and stays as it is.
 */
function byChannel(channel: "sms" | "whatsapp", address: string): string {
  const number = withoutPhoneChannel(address);
  if (!number.startsWith("+")) return address;
  return channel === "sms" ? number : `${channel}:${number}`;
}

/**
 * Makes the call to one recipient from a payload.
 *
 * @param defaultSender the sender if the payload names none
 * @param language the language of spoken text if the payload names none
 * @param connectTo the number in the payload's field `connect_to`; null if it has none
 */
export function callOf(
  payload: MakeCallPayload,
  address: string,
  defaultSender: string | null,
  language: string,
  connectTo: string | null = null,
): Call {
  return {
    command: "make_call",
    to: address,
    from: payload.sender ?? defaultSender,
    instructions: connectTo === null ? instructionsOf(payload, language) : { connect: connectTo },
    ...(payload.send_digits === undefined ? {} : { sendDigits: payload.send_digits }),
    ringSeconds: payload.ring_seconds,
    detectMachine: payload.detect_machine,
    record: payload.record,
  };
}

function instructionsOf(payload: MakeCallPayload, language: string): CallInstructions {
  const { say, play, twiml, twiml_url: twimlUrl, voice, repeat } = payload;
  const step = firstStepOfCall(payload);
  // oxlint-disable-next-line house/plain-words -- stored requests contain the name `opening`
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
