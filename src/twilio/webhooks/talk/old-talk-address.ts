import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../../../calls/step.ts";
import type { TalkState } from "./talk-token.ts";

/** `/talk/<call>/<step>?h=…&s=…&l=…`: what versions before the signed token gave to Twilio. */
const OLD_ADDRESS = /^\/talk\/([^/?]+)\/([^/?]+)\?(.*)$/;

export function isOldTalkAddress(target: string): boolean {
  return OLD_ADDRESS.test(target);
}

/** What such an address carries; null for one in another spelling than those versions wrote. */
export function readOldTalkAddress(target: string): TalkState | null {
  const [, call = "", step = "", query = ""] = OLD_ADDRESS.exec(target) ?? [];
  const given = new URLSearchParams(query);
  // These versions wrote the names in this order, and left out what there was not.
  const names = ["h", "s", "l", "v", "a", "q", "t"].filter((name) => given.has(name));
  const written = new URLSearchParams(
    names.map((name): [string, string] => [name, given.get(name) ?? ""]),
  ).toString();
  if (written !== query || !isPlain(call) || !isPlain(step)) return null;
  const numberIn = (name: string, otherwise: number): number => Number(given.get(name) ?? "") || otherwise;
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
  };
}

/** SIDs and ids need no escaping, so that whatever is escaped was written by somebody else. */
function isPlain(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
