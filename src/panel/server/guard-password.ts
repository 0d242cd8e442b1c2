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

/**
 * How many wrong passwords all unknown browsers together may enter without a wait. An attacker with many machines or
 * IPv6 networks counts as many sources, so a common limit is needed.
 */
const FREE_OF_STRANGERS = 25;
/** The common source under which the wrong passwords of all unknown browsers are counted. */
const STRANGERS = "strangers";

export interface GuardPasswordOptions {
  readonly isPassword: (text: string) => boolean;
  /** The secret that signs the cookies of browsers, see `createRememberedBrowsers`. */
  readonly browserKey: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/**
 * Asks for the password by HTTP Basic, with any user name. After wrong passwords, a browser or IP address must wait
 * between attempts. The app refuses an early attempt with 429 at once, because keeping it open would cost the app more
 * than the attacker.
 *
 * `WrongPasswords` describes how the owner still gets in during an attack.
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
  /** The number of wrong passwords that were followed by a wait. */
  let guesses = 0;

  const ask = basicAuth({
    realm: "Twilio for Home Assistant",
    invalidUserMessage: "The password is missing or wrong.",
    verifyUser(_name, password, c) {
      if (isPassword(password)) return true;
      const waitMs = recordWrong(c, password);
      if (waitMs > 0) logWrongPassword(peerOf(c));
      return false;
    },
  });

  /**
   * Counts the wrong passwords after which somebody must wait. Logs the first of them, the second, the fourth and so
   * on, because an attack may bring many.
   */
  function logWrongPassword(peer: string): void {
    guesses += 1;
    if (Number.isInteger(Math.log2(guesses)))
      logger.warning(
        `After several wrong passwords for the app's page, somebody at ${peer} entered another one. The app makes browsers and IP addresses wait between such attempts. Wrong passwords that were followed by a wait since the app started: ${guesses}. If it was nobody you know, do not let the internet reach this page.`,
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
    // This header makes the browser repeat the request after the wait.
    if (c.req.method === "GET") c.header("Refresh", seconds);
    return c.text("Too many wrong passwords. This page tries again by itself in a few seconds.", 429);
  };
}

function peerOf(c: Context): string {
  return peerAddress(c) || "unknown";
}
