import type { RelayNote } from "./relay-note.ts";

/** The webhook of Home Assistant to which the relay posts its notes (encrypted webhooks of Twilio). */
export interface RelayNoteSource {
  /**
   * Calls `onNote` with each JSON value that anyone posts to this webhook. Returns a function that stops listening.
   */
  listen(webhookId: string, onNote: (message: unknown) => void): () => void;
}

/** An HTTP response for Twilio. */
export interface RelayAnswer {
  readonly status: number;
  /** The Content-Type; null without a body. */
  readonly type: string | null;
  readonly body: string;
}

/** Handles relay notes that the relay of this installation wrote. */
export interface RelayNoteHandler {
  /**
   * Verifies, stores and answers the Twilio webhook in a relay note. Null if its signature is wrong; it is then not
   * answered. Rejects if the webhook could not be stored. It is tried again when the relay posts the note again.
   */
  answer(note: RelayNote): Promise<RelayAnswer | null>;
  /** Called if the answer came too late for Twilio, or could not be given at all. */
  notReached(note: RelayNote): void;
}

/** The store from which the relay reads the answers. */
export interface RelayAnswers {
  /** False if the answer was not written before `until`, in milliseconds of the app's clock. Never rejects. */
  write(id: string, answer: RelayAnswer, until: number): Promise<boolean>;
}

/** The relay's notes of one day. */
export interface NoteCount {
  /** Its number since 1970, in UTC. */
  readonly day: number;
  readonly count: number;
}

/** Stores the count of the relay's notes, so that it survives restarts. */
export interface NoteCountMemory {
  /** The stored count; null if no note was ever counted. */
  read(): NoteCount | null;
  /** On the disk soon after it returns. Never throws. */
  save(count: NoteCount): void;
}

/** Twilio's clock. */
export interface TwilioClock {
  /** How far Twilio's clock is ahead of the app's, in milliseconds. */
  aheadMs(): number;
}
