import { createHmac } from "node:crypto";

import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { constantTimeEqual } from "./constant-time-equal.ts";

const COOKIE = "twilio_panel_browser";
const DAY_S = 86_400;
/** How long the app recognizes a browser, in seconds. */
const MOST_AGE_S = 180 * DAY_S;

/** Recognizes browsers that have logged in before, by a signed cookie. They must send the password all the same. */
export interface RememberedBrowsers {
  /** Returns the browser's ID. Returns null if the browser has not logged in, or if its cookie is forged or too old. */
  idOf(c: Context): string | null;
  /** Sets the signed cookie in the response, so that the app recognizes the browser. */
  remember(c: Context): void;
}

/**
 * Creates the cookies of browsers that have logged in, and checks them.
 *
 * @param key a secret that changes with the password, so that a new password makes all cookies invalid
 */
export function createRememberedBrowsers(key: string, clock: Clock, chance: Chance): RememberedBrowsers {
  const sign = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");

  return {
    idOf(c) {
      const [, id, since, signature] =
        /^([\w-]{22})\.(\d{1,12})\.([\w-]{43})$/.exec(getCookie(c, COOKIE) ?? "") ?? [];
      if (id === undefined || since === undefined || signature === undefined) return null;
      if (!constantTimeEqual(signature, sign(`${id}.${since}`))) return null;
      return Math.abs(clock.now() / 1000 - Number(since)) < MOST_AGE_S ? id : null;
    },
    remember(c) {
      const signed = `${chance.bytes(16).toString("base64url")}.${Math.floor(clock.now() / 1000)}`;
      setCookie(c, COOKIE, `${signed}.${sign(signed)}`, {
        httpOnly: true,
        sameSite: "Strict",
        maxAge: MOST_AGE_S,
      });
    },
  };
}
