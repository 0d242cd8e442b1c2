import { createHmac, timingSafeEqual } from "node:crypto";

import * as z from "zod";

import type { SessionTerms } from "../../../calls/step.ts";

/** The state of a call that its next URL contains. With it, the app can continue the call after a restart. */
export interface TalkState {
  /** The call's SID, or `new` if Twilio has not assigned it yet. */
  readonly call: string;
  /** The ID of a step, the secret ID of an outgoing call's delivery, or `hold` while the call waits for a step. */
  readonly step: string;
  /**
   * How often the question of this step has been asked, at least 1. The app repeats a question if the caller enters
   * nothing.
   */
  readonly attempt: number;
  readonly terms: SessionTerms;
  /**
   * When the silence on the call began, in milliseconds since 1970: when its last step (what the app says and asks)
   * ended. Null in the URL of a step.
   */
  readonly silentSince: number | null;
  /** A counter that makes the URLs of two webhooks about the same step different. */
  readonly turn: number;
  /** How many pauses the call has made since its last step. */
  readonly holds: number;
}

const VERSION = 1;
/** The length of an HMAC-SHA256 in base64url, in characters. A token begins with the HMAC, so it needs no separator. */
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
  /** Reads a token. Returns null for every text that `write` did not return in exactly this spelling. */
  read(token: string): TalkState | null;
}

/** Creates signed tokens. Nobody can forge them without the key, and each has only one spelling. `key` is in hex. */
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
