import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../../calls/step.ts";
import type { TalkState } from "./talk-token.ts";

/** `/talk/<call>/<step>?h=…&s=…&l=…`: the form before signed tokens. */
const OLD_ADDRESS = /^\/talk\/([^/?]+)\/([^/?]+)\?(.*)$/;

/** Whether a path with its query has the form before signed tokens. */
export function isOldTalkAddress(target: string): boolean {
  return OLD_ADDRESS.test(target);
}

/** Reads the state in a URL of an earlier version; null if its spelling differs from theirs. */
export function readOldTalkAddress(target: string): TalkState | null {
  const [, call = "", step = "", query = ""] = OLD_ADDRESS.exec(target) ?? [];
  const given = new URLSearchParams(query);
  // The old versions wrote the names in this order, and left out missing values.
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

/** Twilio's SIDs and the app's IDs need no escaping, so an escaped text is not from the app. */
function isPlain(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
