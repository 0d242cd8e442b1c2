import type { CallParties } from "../domain/events/outgoing-event.ts";
import type { CallQuestion } from "./call-question.ts";
import type { ScriptStep } from "./script.ts";
import type { SessionTerms, TalkStep } from "./step.ts";

/** An instruction to Twilio for the next part of a call. */
export type SessionInstruction =
  | {
      readonly kind: "step";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: TalkStep;
      /**
       * How many times the call has asked the question of this step, including this time. It asks again if nothing was
       * entered.
       */
      readonly attempt: number;
      readonly terms: SessionTerms;
      /**
       * The number of this answer to Twilio on the call. It is part of the URL of the next webhook, and so shows to
       * which answer this webhook belongs.
       */
      readonly turn: number;
    }
  /** Twilio says nothing for `pauseSeconds`, and then sends the next webhook to ask again. */
  | {
      readonly kind: "hold";
      readonly callSid: string;
      readonly pauseSeconds: number;
      readonly terms: SessionTerms;
      /**
       * When the silence on the call began, in milliseconds since 1970. It begins when a step (what the app says and
       * asks) ends. Before the first step, it begins with the call.
       */
      readonly silentSince: number;
      /** The number of this answer to Twilio on the call, as for a step. */
      readonly turn: number;
      /** The number of pauses one after another, including this one. */
      readonly holds: number;
    }
  /** Twilio says a goodbye and ends the call. */
  | { readonly kind: "goodbye"; readonly terms: Pick<SessionTerms, "language" | "voice"> }
  | { readonly kind: "hang_up" }
  | { readonly kind: "reject" }
  /**
   * A step of a call that a feature of the app (such as alarms) controls instead of automations. `stepId` becomes part
   * of the URL of the next webhook.
   */
  | {
      readonly kind: "scripted";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: ScriptStep;
      readonly turn: number;
    }
  /** Twilio does what the option `otherwise` says for a call that no automation answers. */
  | { readonly kind: "fallback"; readonly askedAs: CallQuestion };

export type HoldInstruction = Extract<SessionInstruction, { readonly kind: "hold" }>;

/** A webhook in which Twilio asks what comes next on a call. */
export interface InstructionWebhook {
  readonly callSid: string;
  /**
   * The ID of the step that has ended. Null if a pause has ended, or if the webhook is the first one of an outgoing
   * call.
   */
  readonly stepId: string | null;
  readonly attempt: number;
  /**
   * The language, voice and time limits of the call, from the webhook's URL. So the app can continue the call after a
   * restart.
   */
  readonly terms: SessionTerms;
  /** When the silence on the call began, in milliseconds since 1970. See `silentSince` of the instruction `hold`. */
  readonly silentSince: number;
  readonly turn: number;
  readonly holds: number;
  /** Identifies the webhook. If Twilio repeats the webhook, the key is the same. */
  readonly key: string;
  /**
   * Until when Twilio or the webhook relay waits for the answer, in milliseconds since 1970; null if Twilio's usual
   * timeout counts.
   */
  readonly answerBy: number | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A call that comes to the app's own webhook URL, and not to a URL that the app made for this call. */
export interface CallArrival {
  /** Identifies the webhook. If Twilio repeats the webhook, the key is the same. */
  readonly key: string;
  readonly question: CallQuestion;
  /** Whether Twilio requested the number's fallback URL, because there was an error on the call. */
  readonly isFallback: boolean;
  /**
   * The failed webhook because of which Twilio requested the fallback URL. Null if the app had not made the failed
   * webhook's URL for this call.
   */
  readonly failedWebhook: InstructionWebhook | null;
  /** Until when Twilio or the webhook relay waits for the answer, as for an `InstructionWebhook`. */
  readonly answerBy: number | null;
  readonly parties: CallParties;
}
