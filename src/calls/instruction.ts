import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { CallQuestion } from "./call-question.ts";
import type { ScriptStep } from "./script.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** What Twilio is to do next on a call. */
export type SessionInstruction =
  | {
      readonly kind: "step";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: TalkStep;
      /** The number of the attempt, from 1. It is higher if the question is repeated because nothing was entered. */
      readonly attempt: number;
      readonly terms: SessionTerms;
      /** Increases with each document of a call, so that a request can be matched to the document that caused it. */
      readonly turn: number;
    }
  /** After `pauseSeconds` of silence, Twilio sends the next webhook to ask for a step. */
  | {
      readonly kind: "hold";
      readonly callSid: string;
      readonly pauseSeconds: number;
      readonly terms: SessionTerms;
      /** Since when the call has been silent, in milliseconds since 1970. */
      readonly silentSince: number;
      /** Increases with each document of a call, as for a step. */
      readonly turn: number;
      /** The number of pauses since something was last audible, including this one. */
      readonly holds: number;
    }
  /** Says one sentence and ends the call. */
  | { readonly kind: "goodbye"; readonly terms: Pick<SessionTerms, "language" | "voice"> }
  | { readonly kind: "hang_up" }
  | { readonly kind: "reject" }
  /** A step of a call that a feature of the app controls. `stepId`: for the URL of the next webhook. */
  | {
      readonly kind: "scripted";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: ScriptStep;
      readonly turn: number;
    }
  /** Does what the option `otherwise` says for a call that no automation answers. */
  | { readonly kind: "fallback"; readonly askedAs: CallQuestion };

export type HoldInstruction = Extract<SessionInstruction, { readonly kind: "hold" }>;

/** A webhook in which Twilio asks for the next step of a call. */
export interface InstructionWebhook {
  readonly callSid: string;
  /** The step that has ended; null after a pause. */
  readonly stepId: string | null;
  readonly attempt: number;
  /** Read from the URL of the webhook, so that an app that was killed meanwhile can continue the session. */
  readonly terms: SessionTerms;
  readonly silentSince: number;
  readonly turn: number;
  readonly holds: number;
  /** The key of the webhook, equal for Twilio's retries of it. */
  readonly key: string;
  /** The time until which the sender waits for the answer, in milliseconds since 1970; null for Twilio's own timeout. */
  readonly answerBy: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A call whose webhook comes to the app's own webhook URL, and not to a URL that the app made for this call. */
export interface CallArrival {
  /** The key of the webhook, equal for Twilio's retries of it. */
  readonly key: string;
  readonly question: CallQuestion;
  /** Whether Twilio uses the number's fallback URL because of an error. */
  readonly isFallback: boolean;
  /** The webhook that failed, if it was sent to one of the URLs that the app made for this call; else null. */
  readonly failedWebhook: InstructionWebhook | null;
  /** The time until which the sender waits for the answer, as for an `InstructionWebhook`. */
  readonly answerBy: number | null;
  readonly parties: CallParties;
}
