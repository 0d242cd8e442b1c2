import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler, Next } from "hono";
import { basicAuth } from "hono/basic-auth";

import type { Logger } from "../domain/logger.ts";
import { createWrongPasswords } from "./wrong-passwords.ts";

export interface GuardPasswordOptions {
  readonly isPassword: (text: string) => boolean;
  /** Milliseconds; a clock that is set only changes how long somebody waits. */
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Demands the password by HTTP Basic, under any user name. Whoever guesses has to wait, longer each time, and is told
 * so with 429 at once: a request that is held costs us more than him.
 */
export function guardPassword({ isPassword, now, logger }: GuardPasswordOptions): MiddlewareHandler {
  const wrongPasswords = createWrongPasswords(now);
  const ask = basicAuth({
    realm: "Twilio for Home Assistant",
    invalidUserMessage: "The password is missing or wrong.",
    verifyUser(_name, password, c) {
      const peer = peerOf(c);
      if (isPassword(password)) {
        wrongPasswords.right(peer);
        return true;
      }
      const waitMs = wrongPasswords.wrong(peer);
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000);
        logger.warning(`Wrong passwords for the panel from ${peer}: it has to wait ${seconds} s.`);
      }
      return false;
    },
  });

  return async function askPassword(c: Context, next: Next) {
    const waitMs = wrongPasswords.waitMs(peerOf(c));
    // The right one has to wait as well: else the answer would tell which one it is.
    if (waitMs === 0) return await ask(c, next);
    c.header("Retry-After", String(Math.ceil(waitMs / 1000)));
    return c.text("Too many wrong passwords: wait a minute, then reload.", 429);
  };
}

function peerOf(c: Context): string {
  return getConnInfo(c).remote.address ?? "unknown";
}
