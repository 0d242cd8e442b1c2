import { createHmac, timingSafeEqual } from "node:crypto";

import * as z from "zod";

import type { SessionTerms } from "../../../calls/step.ts";

/** The state in a URL of a call. With it, the app can continue the call after a restart. */
export interface TalkState {
  /** The call's SID, or `new` before Twilio has assigned it. */
  readonly call: string;
  /** The step's ID, the secret reference of an outgoing call's delivery, or `hold`. */
  readonly step: string;
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  readonly terms: SessionTerms;
  /** The start of the silence on the call, in milliseconds since 1970; null if there is no silence. */
  readonly silentSince: number | null;
  /** Makes the URLs of two webhooks about the same step different. */
  readonly turn: number;
  /** The number of pauses on the call since something was last heard. */
  readonly holds: number;
}

const VERSION = 1;
/** The length of an HMAC-SHA256 in base64url. The HMAC comes first, so the token needs no separator. */
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
  z.number(),
]);

export interface TalkTokens {
  /** Writes a token of letters, digits, `-` and `_`, which no proxy changes. */
  write(state: TalkState): string;
  /** Reads a token; null for every text that `write` did not return exactly so. */
  read(token: string): TalkState | null;
}

/** Creates signed tokens. Without the key they cannot be forged, and each has only one spelling. `key`: in hex. */
export function createTalkTokens(key: string): TalkTokens {
  const secret = Buffer.from(key, "hex");

  function macOf(text: string): string {
    return createHmac("sha256", secret).update(text).digest("base64url");
  }

  return {
    write({ call, step, attempt, terms, silentSince, turn, holds }) {
      const { holdSeconds, silenceSeconds, language, voice } = terms;
      const values: z.input<typeof payload> = [
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
        holds,
      ];
      const text = Buffer.from(JSON.stringify(values)).toString("base64url");
      return macOf(text) + text;
    },
    read(token) {
      // The HMAC covers the encoded text, so that another encoding of the same state is refused.
      const text = token.slice(MAC_LENGTH);
      const given = Buffer.from(token.slice(0, MAC_LENGTH));
      const expected = Buffer.from(macOf(text));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      const parsed = payload.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
      if (!parsed.success) return null;
      const [, call, step, attempt, holdSeconds, silenceSeconds, language, voice, ...rest] = parsed.data;
      const [silentSince, turn, holds] = rest;
      return {
        call,
        step,
        attempt,
        terms: { holdSeconds, silenceSeconds, language, voice },
        silentSince,
        turn,
        holds,
      };
    },
  };
}
