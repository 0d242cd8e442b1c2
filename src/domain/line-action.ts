import type { LineTerms, TalkStep } from "./talk-step.ts";

/** What Twilio is told to do on a call next. */
export type LineAction =
  | {
      readonly kind: "step";
      readonly callSid: string;
      readonly stepId: string;
      readonly step: TalkStep;
      /** From 1; asked again where nothing was entered. */
      readonly attempt: number;
      readonly terms: LineTerms;
    }
  /** Comes back after `pauseSeconds` of silence to ask what comes next. */
  | {
      readonly kind: "hold";
      readonly callSid: string;
      readonly pauseSeconds: number;
      readonly terms: LineTerms;
      /** Since when nothing was heard on the line, in milliseconds since 1970. */
      readonly silentSince: number;
      /** Grows with each on a call. */
      readonly turn: number;
    }
  /** A sentence, and the end. */
  | { readonly kind: "farewell"; readonly terms: Pick<LineTerms, "language" | "voice"> }
  | { readonly kind: "hang_up" }
  | { readonly kind: "reject" }
  /** Whatever the option says for a call that no automation takes. */
  | { readonly kind: "otherwise" };

/** What Twilio says when it asks what comes next. */
export interface LineQuestion {
  readonly callSid: string;
  /** The step that has come to its end; null for none. */
  readonly stepId: string | null;
  readonly attempt: number;
  /** As they stood in the address: an app that was killed meanwhile knows the line again by them. */
  readonly terms: LineTerms;
  readonly silentSince: number;
  readonly turn: number;
  /** Equal for Twilio's retries of one request. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}
