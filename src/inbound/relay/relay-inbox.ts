import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { toLocalTime } from "../twilio-time.ts";
import { createOrderingWindow } from "./ordering-window.ts";
import type { RelayAnswers, RelayNoteHandler, TwilioClock } from "./ports.ts";
import { openRelayNote } from "./relay-note.ts";
import type { RelayNote } from "./relay-note.ts";

/**
 * How long the app remembers the ID of a note (an encrypted webhook), in milliseconds. The relay stops repeating a note
 * much earlier.
 */
const REPEATED_WITHIN_MS = 60_000;
/**
 * The highest number of notes whose IDs the app remembers. Only an attacker with the relay's key can post more in a
 * minute.
 */
const MOST_NOTES = 5_000;

/**
 * The key with which the relay (the app's small program at Twilio) encrypts its notes. The app makes a new key when it
 * sets up a relay for the first time or after a removal. A repair keeps the key.
 */
export interface RelayKeys {
  /** Returns the key as 32 bytes in base64; null while there is no relay. */
  key(): string | null;
}

export interface RelayInboxOptions {
  readonly keys: RelayKeys;
  readonly handler: RelayNoteHandler;
  readonly answers: RelayAnswers;
  readonly isHomeAssistantRunning: () => boolean;
  /** Called each time that a note of this installation's relay is accepted, but not for a repetition of the note. */
  readonly onNote: () => void;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Receives the requests to the webhook that Home Assistant has for the relay. */
export interface RelayInbox {
  /**
   * Receives the body of an HTTP request to Home Assistant's webhook for the relay, as any JSON value. Anyone who knows
   * the URL of this webhook can post to it.
   */
  receive(message: unknown): void;
  /**
   * Called when Home Assistant's webhook for the relay exists again after an interruption. Notes that waited now arrive
   * in any order.
   */
  reopened(): void;
  /** Resolves when no relay note is being answered. */
  settled(): Promise<void>;
}

/**
 * Answers each note of the relay one time, however often the relay posts it. If this installation's relay did not write
 * a message, the app ignores the message with a warning.
 */
export function createRelayInbox(options: RelayInboxOptions): RelayInbox {
  const { keys, handler, answers, isHomeAssistantRunning, onNote, twilioClock, clock, logger } = options;
  /**
   * When each note was accepted, by the note's ID. If the note could not be stored, its ID is removed here, so that the
   * app accepts the note when the relay posts it again.
   */
  const accepted = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const window = createOrderingWindow<RelayNote>({ run: (note) => start(note), clock });

  function start(note: RelayNote): void {
    const work: Promise<void> = answer(note).finally(() => running.delete(work));
    running.add(work);
  }

  async function answer(note: RelayNote): Promise<void> {
    const until = toLocalTime(note.until, twilioClock);
    try {
      const given = await handler.answer(note);
      if (given === null || isAnsweredByPosting(note)) return;
      if (!(await answers.write(note.id, given, until))) handler.notReached(note);
    } catch {
      // The handler has logged the error. The app accepts the note again when the relay posts it again.
      accepted.delete(note.id);
    }
  }

  function isRepeated({ id }: RelayNote): boolean {
    const now = clock.now();
    for (const [known, at] of accepted) {
      if (now - at < REPEATED_WITHIN_MS && accepted.size < MOST_NOTES) break;
      accepted.delete(known);
    }
    if (accepted.has(id)) return true;
    accepted.set(id, now);
    return false;
  }

  return {
    receive(message) {
      const key = keys.key();
      if (key === null) return;
      const note = openRelayNote(message, key);
      if (note === null)
        return logger.warning(
          "Ignored a request to Home Assistant's webhook for the relay, because the relay of this installation did not send it. If calls and messages do not arrive, set up the relay again on the app's page.",
          "foreign note",
        );
      if (isRepeated(note)) return;
      onNote();
      // While Home Assistant starts, its webhook already exists, and notes that waited arrive in any order. So the
      // window collects them for a short time. Further notes must not prolong this time, because the relay waits only
      // 8 s for an answer.
      if (!isHomeAssistantRunning() && !window.isOpen()) window.open();
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

/** Whether the relay answers Twilio without waiting for the app's answer. It does so for statuses of messages. */
function isAnsweredByPosting({ path }: RelayNote): boolean {
  return path === "/status/message";
}

/**
 * Whether the answer to the note may be delayed. An answer for which a caller waits on the phone must not be delayed.
 */
function mayWait({ path, parameters }: RelayNote): boolean {
  return path.startsWith("/status/") || (path === "/webhook" && parameters["CallSid"] === undefined);
}
