import { WEBHOOK_PATHS } from "../../domain/events/webhook-routes.ts";
import { retryFragment } from "../../inbound/retry-fragment.ts";
import type { PublishMedia } from "../../media/publish-media.ts";
import { unknownOutcome } from "../../outbound/delivery/message-or-call.ts";
import type {
  PreparedDelivery,
  DeliveryOutcome,
  MessageOrCall,
} from "../../outbound/delivery/message-or-call.ts";
import type { MessageSender } from "../../outbound/ports.ts";
import type { DefaultSender } from "../account/default-sender.ts";
import type { TwilioApi } from "../rest/client.ts";
import { sendOutcomeOf, lookUpOutcomeOf } from "../rest/outcome.ts";
import { recordingCallbackUrl } from "../webhooks/recording-callback-url.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { createCallInstructions } from "./call-instructions.ts";
import { notPublished } from "./not-published.ts";

/** The statuses of a call that Twilio shall report. Without this list, Twilio reports only the end. */
const CALL_EVENTS = ["initiated", "ringing", "answered", "completed"];

export interface CreateSenderOptions {
  readonly api: () => Promise<TwilioApi>;
  /**
   * Returns the public address for status callbacks, such as `https://home.example`; null while the app does not know
   * it.
   */
  readonly publicAddress: () => string | null;
  /** Finds the number to send from, if a request names no sender. */
  readonly defaultSender: DefaultSender;
  readonly publishMedia: PublishMedia;
  readonly talkAddress: WriteTalkAddress;
}

type Request<Command> = Extract<MessageOrCall, { readonly command: Command }>;

/**
 * Creates the sender. Its function `prepare` does all slow work and every check before the POST of a message or call.
 * If `prepare` fails, Twilio has certainly sent nothing. After `prepare`, the caller stores that the POST begins, and
 * calls `post`.
 */
export function createSender(options: CreateSenderOptions): MessageSender {
  const { api, publicAddress, defaultSender, publishMedia, talkAddress } = options;
  const callInstructions = createCallInstructions({ publicAddress, publishMedia, talkAddress });

  return {
    async prepare(request, requestId) {
      try {
        return request.command === "make_call"
          ? await prepareCall(request, requestId)
          : await prepareMessage(request, requestId);
      } catch (error) {
        return lookUpOutcomeOf(error);
      }
    },
  };

  async function prepareMessage(
    request: Request<"send_message">,
    requestId: string,
  ): Promise<PreparedDelivery> {
    const { to, body, mediaUrls, content, sendAt, validFor } = request;
    const chosen = await senderOf(request);
    if ("error" in chosen) return { kind: "refused", error: chosen.error };
    // For a WhatsApp recipient, a plain number as the sender means the WhatsApp sender with this number.
    const from =
      to.startsWith("whatsapp:") && chosen.from.startsWith("+") ? `whatsapp:${chosen.from}` : chosen.from;
    const media = await publishMedia(mediaUrls, to.startsWith("whatsapp:") ? "whatsapp" : "sms", requestId);
    if (!media.ok) return notPublished(media);
    const { account } = await api();
    const message = {
      to,
      ...(/^MG[0-9a-f]{32}$/i.test(from) ? { messagingServiceSid: from } : { from }),
      ...(body === "" ? {} : { body }),
      ...(media.urls.length > 0 ? { mediaUrl: [...media.urls] } : {}),
      ...(content === undefined ? {} : { contentSid: content.sid }),
      ...(content?.variables ? { contentVariables: content.variables } : {}),
      ...(sendAt === undefined ? {} : { scheduleType: "fixed" as const, sendAt: new Date(sendAt) }),
      ...(validFor === undefined ? {} : { validityPeriod: validFor }),
    };
    return ready((reference) =>
      account.messages.create({ ...message, ...callbackTo("message_status", reference) }),
    );
  }

  async function prepareCall(request: Request<"make_call">, requestId: string): Promise<PreparedDelivery> {
    const { to, sendDigits, ringSeconds, detectMachine = false, record = false } = request;
    const instructions = await callInstructions(request.instructions, requestId);
    if (!instructions.ok) return instructions.end;
    const chosen = await senderOf(request);
    if ("error" in chosen) return { kind: "refused", error: chosen.error };
    const { account } = await api();
    const call = {
      to,
      from: chosen.from,
      ...(sendDigits === undefined ? {} : { sendDigits }),
      ...(ringSeconds === undefined ? {} : { timeout: ringSeconds }),
      ...(detectMachine ? { machineDetection: "Enable" } : {}),
      ...(record ? { record } : {}),
    };
    return ready(
      (reference) => {
        const callback = callbackTo("call_status", reference);
        const events = callback === null ? {} : { ...callback, statusCallbackEvent: CALL_EVENTS };
        const recorded = record ? recordingCallback(reference) : {};
        return account.calls.create({
          ...call,
          ...instructions.parameters(reference, chosen.from),
          ...events,
          ...recorded,
        });
      },
      record ? chosen.from : undefined,
    );
  }

  async function senderOf({ from, command }: MessageOrCall) {
    return from === null ? await defaultSender(command) : { from };
  }

  function callbackTo(route: "message_status" | "call_status", reference: string) {
    const base = publicAddress();
    return base === null || reference === ""
      ? null
      : { statusCallback: `${base}${WEBHOOK_PATHS[route]}?ref=${reference}${retryFragment(base, "")}` };
  }

  function recordingCallback(reference: string) {
    const base = publicAddress();
    if (base === null || reference === "") return {};
    return {
      recordingStatusCallback: recordingCallbackUrl(base, reference),
      recordingStatusCallbackMethod: "POST",
      recordingStatusCallbackEvent: ["completed"],
    };
  }
}

/** The fields of Twilio's answer to a POST. A compatible provider may leave out every field. */
interface Created {
  readonly sid?: string;
  readonly status: string;
  readonly numSegments?: string;
}

function ready(create: (reference: string) => Promise<Created>, from?: string): PreparedDelivery {
  return {
    kind: "ready",
    ...(from === undefined ? {} : { from }),
    async post(reference) {
      try {
        return accepted(await create(reference));
      } catch (error) {
        return sendOutcomeOf(error);
      }
    },
  };
}

function accepted({ sid, status, numSegments }: Created): DeliveryOutcome {
  if (!sid) return unknownOutcome("Twilio's answer has no SID");
  return { kind: "accepted", sid, status, segments: numSegments === undefined ? null : Number(numSegments) };
}
