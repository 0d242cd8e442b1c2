import { createHmac } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";

/** So many times anybody may mistype. */
const FREE = 5;

/** The time between two checks after the last free one, and the longest, in milliseconds. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/** A source that was quiet for so long, in milliseconds, begins anew. */
const FORGET_MS = 3_600_000;

/** Sources remembered at most; the one that was quiet longest goes first. */
const MOST_SOURCES = 1_000;

/** Passwords remembered at most, as short hashes: those that wait for a check, and those found wrong. */
const MOST_PASSWORDS = 10_000;

/**
 * Limits how often passwords are checked, for each source: an address, or a browser that has logged in before.
 *
 * A right password has to wait for a check like a wrong one: if it were let in at once, everything that is refused
 * would be known to be wrong, and a guesser could try as fast as the network allows. So the number of checks in a time
 * is limited. What is left to decide is whose password gets the next check, because behind a proxy the owner and a
 * guesser have one address, and `X-Forwarded-For` can be written by anybody:
 *
 * - A browser that has logged in is a source of its own. Nobody else's guesses make it wait.
 * - A check goes to a password that comes for the second time. Its first request only announces it. People send the
 *   same password again, while a guesser who tries a new one each time only announces. Without this, a check would go
 *   to the first request after each wait, which is the guesser's.
 * - A password that was found wrong gets no second check, so that repeating it takes nobody's turn.
 *
 * A guesser who announces each guess takes part in the turns, and then a new browser may need several attempts. The
 * number of guesses stays the same: at most one in ten seconds.
 */
export interface WrongPasswords {
  /** How long, in milliseconds, the source has to wait until this password is checked; 0 to check it now. */
  waitMs(source: string, password: string): number;
  /** A check found it wrong. Returns how long, in milliseconds, the source has to wait now. */
  recordWrong(source: string, password: string): number;
}

interface Guesses {
  readonly count: number;
  /** Of the last wrong one, in milliseconds since 1970. */
  readonly at: number;
  /** From then until the next check. */
  readonly waitMs: number;
  /** When a password was last announced; null for none since the last wrong one. */
  announcedAt: number | null;
}

/** `free`: so many wrong ones of a source make nobody wait. */
export function createWrongPasswords(clock: Clock, chance: Chance, free = FREE): WrongPasswords {
  const seen = new Map<string, Guesses>();
  const announced = new Set<string>();
  const found = new Set<string>();
  const key = chance.bytes(32);
  const shortHash = (text: string): string =>
    createHmac("sha256", key).update(text).digest("base64url").slice(0, 16);
  const announcement = (source: string, password: string): string =>
    shortHash(JSON.stringify([source, password]));

  return {
    waitMs(source, password) {
      const guesses = seen.get(source);
      // The clock may be set back: nobody waits longer for that.
      const passed = guesses === undefined ? 0 : Math.max(0, clock.now() - guesses.at);
      if (guesses === undefined || guesses.count < free || passed > FORGET_MS) return 0;
      const left = Math.max(guesses.waitMs - passed, 0);
      if (found.has(shortHash(password))) return Math.max(left, FIRST_WAIT_MS);
      const own = announcement(source, password);
      const isQuiet = guesses.announcedAt === null || clock.now() - guesses.announcedAt >= 2 * guesses.waitMs;
      if (left === 0 && (announced.has(own) || (isQuiet && passed >= 2 * guesses.waitMs))) return 0;
      guesses.announcedAt = clock.now();
      remember(announced, own, MOST_PASSWORDS);
      return Math.max(left, FIRST_WAIT_MS);
    },
    recordWrong(source, password) {
      const at = clock.now();
      const before = seen.get(source);
      const count = before === undefined || at - before.at > FORGET_MS ? 1 : before.count + 1;
      const waitMs = count < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - free), LONGEST_WAIT_MS);
      seen.delete(source);
      seen.set(source, { count, at, waitMs, announcedAt: null });
      if (seen.size > MOST_SOURCES) forgetOldest(seen);
      announced.delete(announcement(source, password));
      remember(found, shortHash(password), MOST_PASSWORDS);
      return waitMs;
    },
  };
}

function remember(texts: Set<string>, text: string, most: number): void {
  texts.delete(text);
  texts.add(text);
  if (texts.size > most) forgetOldest(texts);
}

function forgetOldest(known: Map<string, unknown> | Set<string>): void {
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}
