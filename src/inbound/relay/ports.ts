import type { RelayNote } from "./relay-note.ts";

/** Home Assistant's webhook, to which the relay posts its notes. */
export interface RelayNoteSource {
  /** Calls `onNote` with each JSON that is posted there, by whomever. Returns how to end it. */
  listen(webhookId: string, onNote: (message: unknown) => void): () => void;
}

/** An HTTP response for Twilio. */
export interface RelayAnswer {
  readonly status: number;
  /** The Content-Type; null without a body. */
  readonly type: string | null;
  readonly body: string;
}

/** What the app does with a note that this installation's relay wrote. */
export interface RelayNoteHandler {
  /**
   * Verifies, stores and answers a request of Twilio's. Null where its signature is wrong: then nobody is answered.
   * Rejects where nothing could be stored, so that the relay's next note is a new try.
   */
  answer(note: RelayNote): Promise<RelayAnswer | null>;
  /** The answer came too late for Twilio to hear it, or could not be given at all. */
  notReached(note: RelayNote): void;
}

/** Where the relay looks for answers. */
export interface RelayAnswers {
  /** False where the answer could not be written before `until`, in milliseconds of the app's clock. Never rejects. */
  write(id: string, answer: RelayAnswer, until: number): Promise<boolean>;
}

/** Twilio's clock. */
export interface TwilioClock {
  /** How far Twilio's clock is ahead of the app's, in milliseconds. */
  aheadMs(): number;
}
