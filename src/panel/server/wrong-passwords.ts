import { createHmac } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";

/**
 * How many wrong passwords a source (an IP address, or a browser that has logged in before) may send without a wait.
 */
const FREE = 5;

/**
 * The wait after a source has sent `free` wrong passwords, in milliseconds. The wait doubles with each further wrong
 * password, up to LONGEST_WAIT_MS.
 */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/** After how many milliseconds without a wrong password the count of a source starts again. */
const RESET_MS = 3_600_000;

/**
 * How many sources of wrong passwords the app remembers. If there are more, the app forgets the source whose last wrong
 * password is the oldest.
 */
const MOST_SOURCES = 1_000;

/**
 * How many passwords of each of two kinds the app remembers, as short hashes. One kind was checked and is wrong. The
 * other kind was sent once and has not been checked yet.
 */
const MOST_PASSWORDS = 10_000;

/**
 * Limits how often passwords are checked, for each source: an IP address, or a browser that has logged in before.
 *
 * The correct password has to wait for a check like a wrong one. If it were accepted at once, each refusal would show
 * that a password is wrong. A guesser could then try passwords as fast as the network allows.
 *
 * Behind a proxy, the owner and a guesser have the same IP address. The app does not use `X-Forwarded-For`, because
 * anybody can send it. After the attempts without a wait, these rules decide which password is checked next:
 *
 * - A browser that has logged in is a source of its own. Guesses from elsewhere do not make it wait.
 * - A password is checked when it is sent for the second time. The first time only announces it. People send the same
 *   password again, but a guesser sends a new one each time. Without this rule, the first request after each wait would
 *   be checked, and that is usually the guesser's. If a source has been quiet for twice its wait, the app checks its
 *   next password at once.
 * - A password that was found to be wrong is not checked again.
 *
 * A guesser who sends each password twice competes with the owner, so a new browser may need several attempts. The
 * number of checked passwords stays the same: at most one in ten seconds.
 */
export interface WrongPasswords {
  /**
   * Returns how long a source (an IP address, or a browser that has logged in before) must wait before this password is
   * checked, in milliseconds. Returns 0 if the password may be checked now.
   */
  waitMs(source: string, password: string): number;
  /** Notes that a check has found the password wrong. Returns how long the source must wait now, in milliseconds. */
  recordWrong(source: string, password: string): number;
}

interface Guesses {
  readonly count: number;
  /** When the source's last wrong password was checked, in milliseconds since 1970. */
  readonly at: number;
  /** How long after `at` the next check is allowed, in milliseconds. */
  readonly waitMs: number;
  /**
   * When the source last sent a password that was not checked because of the wait, in milliseconds since 1970. Null if
   * it has sent none since `at`.
   */
  announcedAt: number | null;
}

/** Creates the limit for checks of passwords. `free` is how many wrong passwords a source may send without a wait. */
export function createWrongPasswords(clock: Clock, chance: Chance, free = FREE): WrongPasswords {
  const sources = new Map<string, Guesses>();
  const announced = new Set<string>();
  const wrong = new Set<string>();
  const key = chance.bytes(32);
  const shortHash = (text: string): string =>
    createHmac("sha256", key).update(text).digest("base64url").slice(0, 16);
  const announcement = (source: string, password: string): string =>
    shortHash(JSON.stringify([source, password]));

  return {
    waitMs(source, password) {
      const guesses = sources.get(source);
      // If the system clock was set back, the passed time would be negative, and the source would have to wait longer.
      const passed = guesses === undefined ? 0 : Math.max(0, clock.now() - guesses.at);
      if (guesses === undefined || guesses.count < free || passed > RESET_MS) return 0;
      const left = Math.max(guesses.waitMs - passed, 0);
      if (wrong.has(shortHash(password))) return Math.max(left, FIRST_WAIT_MS);
      const own = announcement(source, password);
      const isQuiet = guesses.announcedAt === null || clock.now() - guesses.announcedAt >= 2 * guesses.waitMs;
      if (left === 0 && (announced.has(own) || (isQuiet && passed >= 2 * guesses.waitMs))) return 0;
      guesses.announcedAt = clock.now();
      remember(announced, own, MOST_PASSWORDS);
      return Math.max(left, FIRST_WAIT_MS);
    },
    recordWrong(source, password) {
      const at = clock.now();
      const before = sources.get(source);
      const count = before === undefined || at - before.at > RESET_MS ? 1 : before.count + 1;
      const waitMs = count < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - free), LONGEST_WAIT_MS);
      sources.delete(source);
      sources.set(source, { count, at, waitMs, announcedAt: null });
      if (sources.size > MOST_SOURCES) removeOldest(sources);
      announced.delete(announcement(source, password));
      remember(wrong, shortHash(password), MOST_PASSWORDS);
      return waitMs;
    },
  };
}

function remember(texts: Set<string>, text: string, most: number): void {
  texts.delete(text);
  texts.add(text);
  if (texts.size > most) removeOldest(texts);
}

function removeOldest(entries: Map<string, unknown> | Set<string>): void {
  const [oldest] = entries.keys();
  if (oldest !== undefined) entries.delete(oldest);
}
