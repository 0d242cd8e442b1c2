import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { createOrderingWindow } from "./ordering-window.ts";
import type { RelayAnswers, RelayNoteHandler, TwilioClock } from "./ports.ts";
import { openRelayNote } from "./relay-note.ts";
import type { RelayNote } from "./relay-note.ts";

/** After this nobody posts a note any more, in milliseconds. */
const FORGET_AFTER_MS = 60_000;
/** More notes at the same time come only in an attack by somebody who can read the relay's key. */
const MOST_NOTES = 5_000;

/** What of the relay's the app knows: it changes when the relay is set up or removed. */
export interface RelayKeys {
  /** 32 bytes in base64; null while there is no relay. */
  key(): string | null;
}

export interface RelayInboxOptions {
  readonly keys: RelayKeys;
  readonly handler: RelayNoteHandler;
  readonly answers: RelayAnswers;
  readonly isHomeAssistantRunning: () => boolean;
  /** Called with each note that is new and that this installation's relay wrote. */
  readonly onNote: () => void;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes what is posted to Home Assistant's webhook. */
export interface RelayInbox {
  /** May be anything: anybody who knows the webhook's address can post to it. */
  receive(message: unknown): void;
  /** Home Assistant's webhook is there anew: what waited meanwhile comes now, in any order. */
  reopened(): void;
  /** Resolves when no note is being answered. */
  settled(): Promise<void>;
}

/**
 * Answers each note once, however often the relay posts it. Only what this installation's relay wrote comes further than
 * its decryption.
 */
export function createRelayInbox(options: RelayInboxOptions): RelayInbox {
  const { keys, handler, answers, isHomeAssistantRunning, onNote, twilioClock, clock, logger } = options;
  /** By id, when a note was taken. One that could not be stored is not among them. */
  const taken = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const window = createOrderingWindow<RelayNote>({ run: (note) => start(note), clock });

  function start(note: RelayNote): void {
    const work: Promise<void> = answer(note).finally(() => running.delete(work));
    running.add(work);
  }

  async function answer(note: RelayNote): Promise<void> {
    const until = note.until - twilioClock.aheadMs();
    try {
      const given = await handler.answer(note);
      if (given === null || isAnsweredByPosting(note)) return;
      if (!(await answers.write(note.id, given, until))) handler.notReached(note);
    } catch {
      // It has been logged. The relay posts the note again, and that is a new try.
      taken.delete(note.id);
    }
  }

  function isRepeated({ id }: RelayNote): boolean {
    const now = clock.now();
    for (const [known, at] of taken) {
      if (now - at < FORGET_AFTER_MS && taken.size < MOST_NOTES) break;
      taken.delete(known);
    }
    if (taken.has(id)) return true;
    taken.set(id, now);
    return false;
  }

  return {
    receive(message) {
      const key = keys.key();
      if (key === null) return;
      const note = openRelayNote(message, key);
      if (note === null)
        return logger.warning(
          "Something that this installation's relay did not write was posted to the relay's webhook; it was ignored.",
          "foreign note",
        );
      if (isRepeated(note)) return;
      onNote();
      // The webhook is there before Home Assistant is known to run: what waited comes now.
      if (!isHomeAssistantRunning()) window.open();
      if (mayWait(note)) window.add(note.at, note);
      else start(note);
    },
    reopened: window.open,
    async settled() {
      window.close();
      await Promise.all(running);
    },
  };
}

/** The relay has answered Twilio already: the app looks up what became of a message. */
function isAnsweredByPosting({ path }: RelayNote): boolean {
  return path === "/status/message";
}

/** A caller hears the answer; nobody hears that of a message or a status. */
function mayWait({ path, parameters }: RelayNote): boolean {
  return path.startsWith("/status/") || (path === "/webhook" && parameters["CallSid"] === undefined);
}
