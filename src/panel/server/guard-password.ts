import type { Context, MiddlewareHandler, Next } from "hono";
import { basicAuth } from "hono/basic-auth";
import { auth } from "hono/utils/basic-auth";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { addressGroup } from "./address-group.ts";
import { peerAddress } from "./peer-address.ts";
import { createRememberedBrowsers } from "./remembered-browsers.ts";
import { createWrongPasswords } from "./wrong-passwords.ts";

/** Whoever has many networks of IPv6, or many machines, is many sources: together they have so many free guesses. */
const FREE_OF_STRANGERS = 25;
/** The source that all are together who have not logged in before. */
const STRANGERS = "strangers";

export interface GuardPasswordOptions {
  readonly isPassword: (text: string) => boolean;
  /** See `createRememberedBrowsers`. */
  readonly browserKey: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/**
 * Demands the password by HTTP Basic, under any user name. A guesser has to wait and is told so with 429 at once,
 * because a request that is held costs the app more than the guesser. How the right password gets in meanwhile is told
 * at `WrongPasswords`.
 */
export function guardPassword({
  isPassword,
  browserKey,
  clock,
  chance,
  logger,
}: GuardPasswordOptions): MiddlewareHandler {
  const wrongPasswords = createWrongPasswords(clock, chance);
  const ofStrangers = createWrongPasswords(clock, chance, FREE_OF_STRANGERS);
  const browsers = createRememberedBrowsers(browserKey, clock, chance);
  let guesses = 0;

  const ask = basicAuth({
    realm: "Twilio for Home Assistant",
    invalidUserMessage: "The password is missing or wrong.",
    verifyUser(_name, password, c) {
      if (isPassword(password)) return true;
      const waitMs = recordWrong(c, password);
      if (waitMs > 0) tell(peerOf(c));
      return false;
    },
  });

  /** The first guess, the second, the fourth and so on, because there may be many. */
  function tell(peer: string): void {
    guesses += 1;
    if (Number.isInteger(Math.log2(guesses)))
      logger.warning(
        `Wrong passwords for the panel, the last from ${peer}: ${guesses} since the start. Guessing is slowed down.`,
      );
  }

  function waitMsOf(c: Context, password: string): number {
    const waitMs = wrongPasswords.waitMs(sourceOf(c), password);
    return isStranger(c) ? Math.max(waitMs, ofStrangers.waitMs(STRANGERS, password)) : waitMs;
  }

  function recordWrong(c: Context, password: string): number {
    const waitMs = wrongPasswords.recordWrong(sourceOf(c), password);
    return isStranger(c) ? Math.max(waitMs, ofStrangers.recordWrong(STRANGERS, password)) : waitMs;
  }

  function isStranger(c: Context): boolean {
    return browsers.idOf(c) === null;
  }

  function sourceOf(c: Context): string {
    const id = browsers.idOf(c);
    return id === null ? addressGroup(peerOf(c)) : `browser ${id}`;
  }

  return async function askPassword(c: Context, next: Next) {
    const given = auth(c.req.raw)?.password;
    const waitMs = given === undefined ? 0 : waitMsOf(c, given);
    if (waitMs === 0) {
      await ask(c, next);
      if (isStranger(c)) browsers.remember(c);
      return;
    }
    const seconds = String(Math.ceil(waitMs / 1000));
    c.header("Retry-After", seconds);
    // Then the browser tries again by itself.
    if (c.req.method === "GET") c.header("Refresh", seconds);
    return c.text("Wrong passwords were entered. This page tries again in a moment.", 429);
  };
}

function peerOf(c: Context): string {
  return peerAddress(c) || "unknown";
}
