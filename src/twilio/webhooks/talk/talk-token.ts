import { createHmac, timingSafeEqual } from "node:crypto";

import * as z from "zod";

import type { SessionTerms } from "../../../calls/step.ts";

/** What an address of a call carries: all that an app that was killed meanwhile needs to go on with the call. */
export interface TalkState {
  /** The call's SID, or `new` where Twilio had not named the call yet. */
  readonly call: string;
  /** A step's id, the reference of a call of ours, or `hold`. */
  readonly step: string;
  /** From 1. */
  readonly attempt: number;
  readonly terms: SessionTerms;
  /** Since when nothing was heard, in milliseconds since 1970; null where something was heard until now. */
  readonly silentSince: number | null;
  /** Tells two questions about the same apart. */
  readonly turn: number;
}

const VERSION = 1;
/** Of HMAC-SHA256 in base64url. It stands first, so that the token needs no separator. */
const MAC_LENGTH = 43;

const payload = z.tuple([
  z.literal(VERSION),
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.number(),
  z.string(),
  z.string().nullable(),
  z.number().nullable(),
  z.number(),
]);

export interface TalkTokens {
  /** Letters, digits, `-` and `_`: no proxy and no sorting of queries changes it. */
  write(state: TalkState): string;
  /** Null for any text but the very one that `write` returned. */
  read(token: string): TalkState | null;
}

/** Tokens that nobody without the key can write, and that have one spelling. */
export function createTalkTokens(key: string): TalkTokens {
  const secret = Buffer.from(key, "hex");

  function macOf(text: string): string {
    return createHmac("sha256", secret).update(text).digest("base64url");
  }

  return {
    write({ call, step, attempt, terms, silentSince, turn }) {
      const { holdSeconds, silenceSeconds, language, voice } = terms;
      const told: z.input<typeof payload> = [
        VERSION,
        call,
        step,
        attempt,
        holdSeconds,
        silenceSeconds,
        language,
        voice,
        silentSince,
        turn,
      ];
      const text = Buffer.from(JSON.stringify(told)).toString("base64url");
      return macOf(text) + text;
    },
    read(token) {
      // The text itself is authenticated and not what it decodes to, so that another spelling of it is refused.
      const text = token.slice(MAC_LENGTH);
      const given = Buffer.from(token.slice(0, MAC_LENGTH));
      const expected = Buffer.from(macOf(text));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      const parsed = payload.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
      if (!parsed.success) return null;
      const [, call, step, attempt, holdSeconds, silenceSeconds, language, voice, silentSince, turn] =
        parsed.data;
      return {
        call,
        step,
        attempt,
        terms: { holdSeconds, silenceSeconds, language, voice },
        silentSince,
        turn,
      };
    },
  };
}
