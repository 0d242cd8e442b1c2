import type { RelayNote } from "./relay-note.ts";

/**
 * The webhook of Home Assistant to which the relay (the app's small program at Twilio) posts notes (encrypted
 * webhooks).
 */
export interface RelayNoteSource {
  /**
   * Calls `onNote` with each JSON value that anyone posts to this webhook. Returns a function that stops listening.
   */
  listen(webhookId: string, onNote: (message: unknown) => void): () => void;
}

/** An HTTP response for Twilio. */
export interface RelayAnswer {
  readonly status: number;
  /** The response's Content-Type; null if the response has no body. */
  readonly type: string | null;
  readonly body: string;
}

/** Handles notes that were certainly written by the relay of this installation. */
export interface RelayNoteHandler {
  /**
   * Verifies and stores the Twilio webhook in a note, and returns the response for it. Null if Twilio's signature is
   * wrong or the webhook belongs to another account; the note then gets no answer. Rejects if the webhook could not be
   * stored; the relay then posts the note again.
   */
  answer(note: RelayNote): Promise<RelayAnswer | null>;
  /** Called if Twilio did not get the answer to the note, because the app wrote it too late or could not write it. */
  notReached(note: RelayNote): void;
}

/** The store (in Twilio's service Sync) from which the relay reads the app's answers. */
export interface RelayAnswers {
  /**
   * Writes the answer to the note `id`. Resolves with false if the answer was not written before `until`, in
   * milliseconds since 1970 by the app's clock. Never rejects.
   */
  write(id: string, answer: RelayAnswer, until: number): Promise<boolean>;
}

/** How many notes the relay has posted on one day. */
export interface NoteCount {
  /** The number of the day, counted from 1970 in UTC. */
  readonly day: number;
  readonly count: number;
}

/** Stores the count of the relay's notes, so that it survives restarts. */
export interface NoteCountMemory {
  /** The stored count; null if no note was ever counted. */
  read(): NoteCount | null;
  /** Stores the count; it is on the disk soon afterwards. Never throws. */
  save(count: NoteCount): void;
}

/** Compares Twilio's clock with the app's. */
export interface TwilioClock {
  /** The difference between the clocks, in whole milliseconds. Positive if Twilio's clock is ahead. */
  aheadMs(): number;
}
