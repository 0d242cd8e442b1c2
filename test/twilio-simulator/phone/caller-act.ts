/** What the person on the phone, or at the forwarded end of it, does. */
export type CallerAct =
  | { readonly kind: "keys"; readonly keys: string }
  | { readonly kind: "words"; readonly words: string; readonly confidence: number }
  /** Nothing more until time is up. */
  | { readonly kind: "quiet" }
  | { readonly kind: "recorded"; readonly seconds: number; readonly key: string }
  /** Somebody at the forwarded end is there. */
  | { readonly kind: "picked-up" }
  | { readonly kind: "forwarded"; readonly status: ForwardStatus; readonly seconds: number };

export type ForwardStatus = "completed" | "busy" | "no-answer" | "failed" | "canceled";

/** A verb that waits for somebody. */
export interface Question<T> {
  readonly kind: "gather" | "record" | "dial";
  readonly accepts: readonly CallerAct["kind"][];
  /** The outcome, or null while it goes on. */
  readonly take: (act: CallerAct) => T | null;
  /** What is requested if the caller hangs up after so many seconds; null for nothing. */
  readonly hungUp: (seconds: number) => TwimlRequest | null;
}

/** What TwiML or its end leads to. */
export interface TwimlRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly parameters: Readonly<Record<string, string>>;
}

/** What came to the ear, in order. */
export type Heard =
  | { readonly say: string; readonly language: string; readonly voice: string }
  | { readonly play: string }
  /** Tones, as by `<Play digits>`. */
  | { readonly tones: string }
  | { readonly beep: true }
  /** It rings at that number. */
  | { readonly dial: string }
  | { readonly rejected: "busy" | "rejected" }
  /** "We are sorry, an application error has occurred"; the code is the one in the owner's debugger. */
  | { readonly applicationError: number };
