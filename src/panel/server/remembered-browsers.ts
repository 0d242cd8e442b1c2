import { createHmac } from "node:crypto";

import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { constantTimeEqual } from "./constant-time-equal.ts";

const COOKIE = "twilio_panel_browser";
const DAY_S = 86_400;
/** A browser is remembered for this time, in seconds. */
const MOST_AGE_S = 180 * DAY_S;

/** Browsers that have logged in. A cookie proves that and nothing more: the password is asked for all the same. */
export interface RememberedBrowsers {
  /** Which browser asks; null for one that has not logged in, or whose cookie is forged or too old. */
  idOf(c: Context): string | null;
  remember(c: Context): void;
}

/**
 * `key` is secret and stands for the installation and its password, so that a new password forgets all browsers.
 * `now` in milliseconds.
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
