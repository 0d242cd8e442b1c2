import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../../calls/step.ts";
import type { TalkState } from "./talk-token.ts";

/**
 * Matches the URLs that earlier versions of the app made: `/talk/<call>/<step>?h=…&s=…&l=…`, without a signed token.
 */
const OLD_ADDRESS = /^\/talk\/([^/?]+)\/([^/?]+)\?(.*)$/;

/** Whether a path with its query has the form that earlier versions of the app made. */
export function isOldTalkAddress(target: string): boolean {
  return OLD_ADDRESS.test(target);
}

/**
 * Reads the state in a URL of an earlier version. Returns null if the URL is not spelled exactly as an earlier version
 * wrote it.
 */
export function readOldTalkAddress(target: string): TalkState | null {
  const [, call = "", step = "", query = ""] = OLD_ADDRESS.exec(target) ?? [];
  const given = new URLSearchParams(query);
  // Earlier versions wrote the names in this order, and left out missing values.
  const names = ["h", "s", "l", "v", "a", "q", "t"].filter((name) => given.has(name));
  const written = new URLSearchParams(
    names.map((name): [string, string] => [name, given.get(name) ?? ""]),
  ).toString();
  if (written !== query || !isPlain(call) || !isPlain(step)) return null;
  const numberIn = (name: string, fallback: number): number => Number(given.get(name) ?? "") || fallback;
  return {
    call,
    step,
    attempt: numberIn("a", 1),
    terms: {
      holdSeconds: numberIn("h", DEFAULT_HOLD_SECONDS),
      silenceSeconds: numberIn("s", DEFAULT_SILENCE_SECONDS),
      language: given.get("l") ?? "en-US",
      voice: given.get("v"),
    },
    silentSince: numberIn("q", 0) || null,
    turn: numberIn("t", 0),
    holds: 0,
  };
}

/** Whether a text contains no escapes. Twilio's SIDs and the app's IDs never need escapes. */
function isPlain(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
