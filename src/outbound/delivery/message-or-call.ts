import type { FirstStep } from "../../calls/step.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { ReportedError } from "../../domain/reported-error.ts";

/** One message or call to one recipient, ready for Twilio. Addresses are E.164, short codes or `whatsapp:+…`. */
export type MessageOrCall =
  | {
      readonly command: "send_message";
      readonly to: string;
      /** A number, `MG…` (Messaging Service) or sender ID; null: the account's only number that can. */
      readonly from: string | null;
      /** Empty where there are pictures or a template alone. */
      readonly body: string;
      /** Addresses, or what Home Assistant has: `camera.door`, `image.x`, `media-source://…`. */
      readonly mediaUrls: readonly string[];
      /** A template of the account's, whose text is Twilio's. `variables`: JSON. */
      readonly content?: { readonly sid: string; readonly variables: string | null };
      /** ISO 8601; Twilio keeps it until then. */
      readonly sendAt?: string;
      /** Seconds that Twilio may take to hand it on. */
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
  /** An address, or `media-source://…`. */
  | { readonly play: string; readonly repeat?: number }
  /** An automation goes on with it. */
  | { readonly opening: FirstStep };

/** Twilio has it. */
export interface AcceptedDelivery {
  readonly kind: "accepted";
  readonly sid: string;
  readonly status: string;
  readonly segments: number | null;
}

/**
 * What is known after asking Twilio. Only `not_sent` (no byte left, or Twilio refused it unprocessed) may be
 * tried again: Messages and Calls have no idempotency key, so anything else could send twice.
 */
export type DeliveryOutcome =
  | AcceptedDelivery
  | { readonly kind: "refused"; readonly error: ReportedError }
  | { readonly kind: "not_sent"; readonly error: ReportedError; readonly retryAfterMs: number | null }
  | { readonly kind: "unknown"; readonly error: ReportedError };

/** False only if Twilio surely has not sent anything. */
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

/** Everything but the sending itself is done. */
export interface ReadyDelivery {
  readonly kind: "ready";
  /**
   * Asks Twilio, at once and at most once; never throws: what is known is in the outcome. `reference` stands in the
   * address of the status callback.
   */
  readonly post: (reference: string) => Promise<DeliveryOutcome>;
  /**
   * The sender of a recorded call. Stored even if the request names none, because Twilio's callback about the recording
   * does not contain it.
   */
  readonly from?: string;
}

/** Twilio was not asked to send, so anything but `ready` leaves no doubt. */
export type PreparedDelivery =
  | ReadyDelivery
  | Extract<DeliveryOutcome, { readonly kind: "refused" | "not_sent" }>;

/** Twilio may have been asked, and what came of it is not known. `why` is a sentence without its full stop. */
export function unknownOutcome(why: string): DeliveryOutcome {
  const message = `${why}, so it is not known whether it was sent; it is not sent again.`;
  return { kind: "unknown", error: { code: "unknown_outcome", message, more_info: null } };
}

/** Whether a call asks for something, or an automation goes on with it: then more is waited for than its status. */
export function hasFirstStep(request: MessageOrCall): boolean {
  return request.command === "make_call" && "opening" in request.instructions;
}

/** The ends of a send that are not Twilio's words. */
export const CRASHED_WHILE_SENDING = unknownOutcome("The app ended while Twilio was being asked");
export const NO_ANSWER_BY_DEADLINE = unknownOutcome("Twilio had not answered when the time was up");
export const SEVERAL_MATCHES = unknownOutcome(
  "The journal was lost, and Twilio has something like it that may be this or something else",
);

export const DEADLINE_PASSED: DeliveryOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "Its time was up before it could be sent, so it was not sent.",
    more_info: null,
  },
};

/** Twilio has it, and what was waited for has not come in time. */
export function statusNotReached(waitFor: WaitFor): ReportedError {
  const message = `Twilio has it, but within the time given it was not reported as ${waitFor}; that may still come.`;
  return { code: "timeout", message, more_info: null };
}

export const CANNOT_LOOK_UP: DeliveryOutcome = {
  kind: "not_sent",
  error: {
    code: "twilio_away",
    message: "The journal was lost, and Twilio cannot be asked whether this was sent before",
    more_info: null,
  },
  retryAfterMs: null,
};
