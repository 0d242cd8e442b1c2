/** An action of the caller, or of the person to whom the call is forwarded. */
export type CallerAct =
  | { readonly kind: "keys"; readonly keys: string }
  | { readonly kind: "words"; readonly words: string; readonly confidence: number }
  /** Nothing until the timeout. */
  | { readonly kind: "quiet" }
  | { readonly kind: "recorded"; readonly seconds: number; readonly key: string }
  /** The person at the forwarded end answers. */
  | { readonly kind: "picked-up" }
  | { readonly kind: "forwarded"; readonly status: ForwardStatus; readonly seconds: number };

export type ForwardStatus = "completed" | "busy" | "no-answer" | "failed" | "canceled";

/** A verb that waits for an action. */
export interface Question<T> {
  readonly kind: "gather" | "record" | "dial";
  readonly accepts: readonly CallerAct["kind"][];
  /** The outcome of an action, or null while the verb goes on. */
  readonly take: (act: CallerAct) => T | null;
  /** The request after the caller hangs up, with the seconds until then; null for none. */
  readonly hungUp: (seconds: number) => TwimlRequest | null;
}

/** The next source of TwiML, or the end of the call. */
export interface TwimlRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly parameters: Readonly<Record<string, string>>;
}

/** One thing that the person on the phone hears. */
export type Sound =
  | { readonly say: string; readonly language: string; readonly voice: string }
  | { readonly play: string }
  /** The tones of `<Play digits>`. */
  | { readonly tones: string }
  | { readonly beep: true }
  /** Ringing at that number. */
  | { readonly dial: string }
  | { readonly rejected: "busy" | "rejected" }
  /** "We are sorry, an application error has occurred"; the code is that of Twilio's debugger. */
  | { readonly applicationError: number };
