import type { ScriptedCall } from "../../calls/script.ts";
import type { FirstStep } from "../../calls/step.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { ReportedError } from "../../domain/reported-error.ts";

/**
 * One message or call to one recipient, ready for Twilio. The recipient is an E.164 number, a short code or a channel
 * address (`whatsapp:+…`).
 */
export type MessageOrCall =
  | {
      readonly command: "send_message";
      readonly to: string;
      /**
       * The sender: a number, a channel address, `MG…` (Messaging Service) or sender ID. Null if neither the request
       * nor the options name a sender. The only number of the account that can send is then the sender.
       */
      readonly from: string | null;
      /** The text. Empty if the message has only media or uses a content template. */
      readonly body: string;
      /** Media: URLs, or entities and IDs of Home Assistant such as `camera.door`, `image.x` or `media-source://…`. */
      readonly mediaUrls: readonly string[];
      /** A content template of the Twilio account. `variables`: the template's variables as JSON. */
      readonly content?: { readonly sid: string; readonly variables: string | null };
      /** When Twilio sends a scheduled message, in ISO 8601. */
      readonly sendAt?: string;
      /** For how many seconds Twilio may try to deliver the message. */
      readonly validFor?: number;
    }
  | {
      readonly command: "make_call";
      readonly to: string;
      readonly from: string | null;
      readonly instructions: CallInstructions;
      /** The keys that Twilio dials after the call is answered, such as `ww12` for an extension. */
      readonly sendDigits?: string;
      readonly ringSeconds?: number;
      readonly detectMachine?: boolean;
      readonly record?: boolean;
    };

export type CallInstructions =
  | { readonly twimlUrl: string }
  | { readonly twiml: string }
  | { readonly say: string; readonly language: string; readonly voice?: string; readonly repeat?: number }
  /** The call plays this sound: a URL, or `media-source://…` of Home Assistant. */
  | { readonly play: string; readonly repeat?: number }
  /** Rings the recipient, and then connects the call with this number. */
  | { readonly connect: string }
  /** The call begins with a step of a feature of the app (an alarm), which then continues the call. */
  | { readonly scripted: ScriptedCall }
  /** The call begins with a step (what the app says and asks), and automations continue it. */
  // oxlint-disable-next-line house/plain-words -- stored requests contain the name `opening`
  | { readonly opening: FirstStep };

/** Twilio's answer after it has accepted a message or call. */
export interface AcceptedDelivery {
  readonly kind: "accepted";
  readonly sid: string;
  readonly status: string;
  readonly segments: number | null;
}

/**
 * The outcome of a request to Twilio, as far as the app knows. `not_sent`: no byte of the request left, or Twilio
 * refused it without processing it. The app may try again only after this outcome. Twilio has no idempotency key for
 * messages and calls, so after any other outcome, a second request could send twice.
 */
export type DeliveryOutcome =
  | AcceptedDelivery
  | { readonly kind: "refused"; readonly error: ReportedError }
  | { readonly kind: "not_sent"; readonly error: ReportedError; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown"; readonly error: ReportedError };

/** Whether Twilio may have sent the message or made the call. False only if it certainly has not. */
export function mayHaveBeenSent({ kind }: DeliveryOutcome): boolean {
  switch (kind) {
    case "accepted":
    case "unknown":
      return true;
    case "refused":
    case "not_sent":
      return false;
  }
}

/** A message or call for which only the HTTP request to Twilio is missing. */
export interface ReadyDelivery {
  readonly kind: "ready";
  /**
   * Sends the HTTP request to Twilio, at once and at most one time. Never throws; the outcome contains the error.
   * `reference`: the delivery's secret reference, which becomes part of the URL for status callbacks.
   */
  readonly post: (reference: string) => Promise<DeliveryOutcome>;
  /**
   * The sender of a recorded call, also if the request names none. The app must store it, because Twilio's callback
   * about the recording does not contain it.
   */
  readonly from?: string;
}

/**
 * A prepared message or call, or why the app cannot send it. In the cases `refused` and `not_sent`, Twilio certainly
 * got no request.
 */
export type PreparedDelivery =
  | ReadyDelivery
  | Extract<DeliveryOutcome, { readonly kind: "refused" | "not_sent" }>;

/** The outcome of a request to Twilio that got no clear answer. `why`: a sentence without its full stop. */
export function unknownOutcome(why: string): DeliveryOutcome {
  const message = `${why}, so the app does not know whether the message or call was sent. The app does not send it again.`;
  return { kind: "unknown", error: { code: "unknown_outcome", message, more_info: null } };
}

/**
 * Whether the request is a call that begins with a step (what the app says and asks). Its `twilio_result` contains what
 * the called person entered.
 */
export function hasFirstStep(request: MessageOrCall): boolean {
  return request.command === "make_call" && "opening" in request.instructions;
}

/** Whether the app may have to publish files for the request, so that Twilio can fetch them. */
export function mayHaveFiles(request: MessageOrCall): boolean {
  if (request.command === "send_message") return request.mediaUrls.length > 0;
  const { instructions } = request;
  return "play" in instructions || "opening" in instructions || "scripted" in instructions;
}

/** Outcomes that the app itself decides, without an answer of Twilio. */
export const CRASHED_WHILE_SENDING = unknownOutcome("The app stopped before Twilio had answered");
export const NO_ANSWER_BY_DEADLINE = unknownOutcome("Twilio had not answered before the timeout");
export const SEVERAL_MATCHES = unknownOutcome(
  "The app's database was lost, and Twilio has a similar message or call, which may be this one or another one",
);
export const LIST_REFUSED = unknownOutcome(
  "The app's database was lost, and Twilio does not let the app read its list of messages and calls",
);

export const DEADLINE_PASSED: DeliveryOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "The timeout was over before the message or call could be sent, so nothing was sent.",
    more_info: null,
  },
};

/**
 * The error of a message or call that Twilio accepted, but that did not get the status `waitFor` before its deadline.
 */
export function statusNotReached(waitFor: WaitFor): ReportedError {
  const message = `Twilio accepted the message or call, but did not report it as ${waitFor} within the timeout. Twilio may still report this status later.`;
  return { code: "timeout", message, more_info: null };
}

export const CANNOT_LOOK_UP: DeliveryOutcome = {
  kind: "not_sent",
  error: {
    code: "twilio_away",
    message:
      "The app's database was lost, and Twilio does not answer whether this message or call was already sent",
    more_info: null,
  },
  retryAfterMs: null,
};
