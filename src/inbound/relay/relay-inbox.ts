import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { createOrderingWindow } from "./ordering-window.ts";
import type { RelayAnswers, RelayNoteHandler, TwilioClock } from "./ports.ts";
import { openRelayNote } from "./relay-note.ts";
import type { RelayNote } from "./relay-note.ts";

/** After this time in milliseconds, the relay does not post the same note again. */
const REPEATED_WITHIN_MS = 60_000;
/**
 * The most relay notes whose IDs are stored. Only an attacker who has the relay's key can post more at the same time.
 */
const MOST_NOTES = 5_000;

/** The key that encrypts the relay's notes. It changes when the relay is set up or removed. */
export interface RelayKeys {
  /** 32 bytes in base64; null while there is no relay. */
  key(): string | null;
}

export interface RelayInboxOptions {
  readonly keys: RelayKeys;
  readonly handler: RelayNoteHandler;
  readonly answers: RelayAnswers;
  readonly isHomeAssistantRunning: () => boolean;
  /** Called for each new note of this installation's relay, but not for repetitions. */
  readonly onNote: () => void;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Receives what is posted to the webhook of Home Assistant. */
export interface RelayInbox {
  /**
   * Receives what was posted to Home Assistant's webhook, as any JSON value. Anyone who knows the webhook's URL can
   * post to it.
   */
  receive(message: unknown): void;
  /** Called when Home Assistant's webhook exists again. Relay notes that waited now arrive in any order. */
  reopened(): void;
  /** Resolves when no relay note is being answered. */
  settled(): Promise<void>;
}

/**
 * Answers each note of the relay once, however often the relay posts it. A message that this installation's relay did
 * not write is ignored with a warning.
 */
export function createRelayInbox(options: RelayInboxOptions): RelayInbox {
  const { keys, handler, answers, isHomeAssistantRunning, onNote, twilioClock, clock, logger } = options;
  /**
   * When each relay note was accepted, by its ID. If it could not be stored, its ID is removed: the relay may post it
   * again.
   */
  const accepted = new Map<string, number>();
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
      // The handler has logged the error. When the relay posts the note again, it is tried again.
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
          "Ignored a request to the webhook that Home Assistant has for the webhook relay. It did not come from this installation's relay.",
          "foreign note",
        );
      if (isRepeated(note)) return;
      onNote();
      // Home Assistant's webhook exists before Home Assistant has finished its start. Relay notes that waited arrive
      // now. An open window is not prolonged, because the relay waits 8 s only.
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

/** Whether the relay answers Twilio as soon as the note is posted, without the app's answer. */
function isAnsweredByPosting({ path }: RelayNote): boolean {
  return path === "/status/message";
}

/**
 * Whether the webhook in the note can be answered later. Only the webhooks of calls cannot, because a caller waits.
 */
function mayWait({ path, parameters }: RelayNote): boolean {
  return path.startsWith("/status/") || (path === "/webhook" && parameters["CallSid"] === undefined);
}
