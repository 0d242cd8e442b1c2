import type { ScriptedCall } from "../../calls/script.ts";
import type { FirstStep } from "../../calls/step.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { ReportedError } from "../../domain/reported-error.ts";

/**
 * One message or call to one recipient, ready for Twilio. Recipient and sender are E.164 numbers, short codes or
 * channel addresses (`whatsapp:+…`).
 */
export type MessageOrCall =
  | {
      readonly command: "send_message";
      readonly to: string;
      /** A number, `MG…` (Messaging Service) or sender ID; null for the account's only capable number. */
      readonly from: string | null;
      /** Empty if the message has only media or a template. */
      readonly body: string;
      /** URLs, or Home Assistant's `camera.door`, `image.x`, `media-source://…`. */
      readonly mediaUrls: readonly string[];
      /** A content template of the Twilio account. `variables`: JSON. */
      readonly content?: { readonly sid: string; readonly variables: string | null };
      /** The time (ISO 8601) until which Twilio stores the message. */
      readonly sendAt?: string;
      /** For how many seconds Twilio may try to deliver the message. */
      readonly validFor?: number;
    }
  | {
      readonly command: "make_call";
      readonly to: string;
      readonly from: string | null;
      readonly instructions: CallInstructions;
      readonly ringSeconds?: number;
      readonly detectMachine?: boolean;
      readonly record?: boolean;
    };

export type CallInstructions =
  | { readonly twimlUrl: string }
  | { readonly twiml: string }
  | { readonly say: string; readonly language: string; readonly voice?: string; readonly repeat?: number }
  /** A URL or `media-source://…`. */
  | { readonly play: string; readonly repeat?: number }
  /** Rings the recipient, and then connects the call with this number. */
  | { readonly connect: string }
  /** The first step of a call that a feature of the app continues. */
  | { readonly scripted: ScriptedCall }
  /** The first step of a call that automations continue. */
  // oxlint-disable-next-line house/plain-words -- the name in stored requests
  | { readonly opening: FirstStep };

/** Twilio has accepted the message or call. */
export interface AcceptedDelivery {
  readonly kind: "accepted";
  readonly sid: string;
  readonly status: string;
  readonly segments: number | null;
}

/**
 * What is known after a post to Twilio. `not_sent`: no byte was transmitted, or Twilio refused it unprocessed. Only this
 * outcome may be retried: Twilio has no idempotency key for messages and calls, so another retry could send twice.
 */
export type DeliveryOutcome =
  | AcceptedDelivery
  | { readonly kind: "refused"; readonly error: ReportedError }
  | { readonly kind: "not_sent"; readonly error: ReportedError; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown"; readonly error: ReportedError };

/** Whether Twilio may have sent the message or made the call. False only if that is certain. */
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

/** A delivery for which all is prepared except the post to Twilio. */
export interface ReadyDelivery {
  readonly kind: "ready";
  /**
   * Posts the delivery to Twilio, at once and at most one time. Never throws; an error is part of the outcome.
   * `reference`: the delivery's secret reference, which becomes part of the status callback's URL.
   */
  readonly post: (reference: string) => Promise<DeliveryOutcome>;
  /**
   * The sender of a recorded call. Stored even if the request names none, because Twilio's callback about the recording
   * does not contain it.
   */
  readonly from?: string;
}

/** A prepared delivery, or why it cannot be sent. Nothing has been posted, so `refused` and `not_sent` are certain. */
export type PreparedDelivery =
  | ReadyDelivery
  | Extract<DeliveryOutcome, { readonly kind: "refused" | "not_sent" }>;

/** The outcome of a post without a clear answer. `why` is a sentence without its full stop. */
export function unknownOutcome(why: string): DeliveryOutcome {
  const message = `${why}, so it is not known whether it was sent. It is not sent again.`;
  return { kind: "unknown", error: { code: "unknown_outcome", message, more_info: null } };
}

/** Whether the request is a call with a first step, so that its `twilio_result` contains input. */
export function hasFirstStep(request: MessageOrCall): boolean {
  return request.command === "make_call" && "opening" in request.instructions;
}

/** Whether files may have to be published for the request before it is posted. */
export function mayHaveFiles(request: MessageOrCall): boolean {
  if (request.command === "send_message") return request.mediaUrls.length > 0;
  const { instructions } = request;
  return "play" in instructions || "opening" in instructions || "scripted" in instructions;
}

/** Outcomes that the app itself reports. */
export const CRASHED_WHILE_SENDING = unknownOutcome("The app stopped before Twilio had answered");
export const NO_ANSWER_BY_DEADLINE = unknownOutcome("Twilio had not answered before the timeout");
export const SEVERAL_MATCHES = unknownOutcome(
  "The app's database was lost, and Twilio has a similar item that may be this one or another",
);

export const DEADLINE_PASSED: DeliveryOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "It could not be sent within its timeout, so it was not sent.",
    more_info: null,
  },
};

/** The error of an accepted delivery that did not reach the status `waitFor` before its deadline. */
export function statusNotReached(waitFor: WaitFor): ReportedError {
  const message = `Twilio accepted it, but did not report it as ${waitFor} within the timeout. Twilio may still report that later.`;
  return { code: "timeout", message, more_info: null };
}

export const CANNOT_LOOK_UP: DeliveryOutcome = {
  kind: "not_sent",
  error: {
    code: "twilio_away",
    message: "The app's database was lost, and Twilio does not answer whether this was sent before",
    more_info: null,
  },
  retryAfterMs: null,
};
