import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { CallQuestion } from "./call-question.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** What Twilio is told to do on a call next. */
export type SessionInstruction =
  | {
      readonly kind: "step";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: TalkStep;
      /** From 1; asked again where nothing was entered. */
      readonly attempt: number;
      readonly terms: SessionTerms;
      /** Increases with each document of a call, so that a request can be matched to the document that caused it. */
      readonly turn: number;
    }
  /** Comes back after `pauseSeconds` of silence to ask what comes next. */
  | {
      readonly kind: "hold";
      readonly callSid: string;
      readonly pauseSeconds: number;
      readonly terms: SessionTerms;
      /** Since when nothing was heard on the line, in milliseconds since 1970. */
      readonly silentSince: number;
      /** As for a step. */
      readonly turn: number;
    }
  /** A sentence, and the end. */
  | { readonly kind: "farewell"; readonly terms: Pick<SessionTerms, "language" | "voice"> }
  | { readonly kind: "hang_up" }
  | { readonly kind: "reject" }
  /** Whatever the option says for a call that no automation takes. */
  | { readonly kind: "otherwise"; readonly askedAs: CallQuestion };

export type HoldInstruction = Extract<SessionInstruction, { readonly kind: "hold" }>;

/** What Twilio says when it asks what comes next. */
export interface InstructionWebhook {
  readonly callSid: string;
  /** The step that has come to its end; null for none. */
  readonly stepId: string | null;
  readonly attempt: number;
  /** As they stood in the address: an app that was killed meanwhile knows the line again by them. */
  readonly terms: SessionTerms;
  readonly silentSince: number;
  readonly turn: number;
  /** Equal for Twilio's retries of one request. */
  readonly key: string;
  /** Until when the answer is waited for, in milliseconds since 1970; null for as long as Twilio waits. */
  readonly answerBy: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A call that asks at the app's webhook, and not at an address that the app gave to Twilio for this call. */
export interface CallArrival {
  /** Equal for Twilio's retries of one request. */
  readonly key: string;
  readonly question: CallQuestion;
  /** Whether Twilio asks here because of an error elsewhere. */
  readonly isFallback: boolean;
  /** The question that failed, if it was sent to one of the call's addresses; else null. */
  readonly failedWebhook: InstructionWebhook | null;
  /** As of an `InstructionWebhook`. */
  readonly answerBy: number | null;
  readonly parties: CallParties;
}
