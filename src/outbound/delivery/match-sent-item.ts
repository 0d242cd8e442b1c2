import type { MessageOrCall } from "./message-or-call.ts";

/** Twilio puts these words before each text of a trial account. Source: Twilio's API responses for trial accounts. */
const TRIAL_PREFIX = /^\s*sent from (?:your|a) twilio trial account\s*-?\s*/i;

/**
 * By how much the time of an item may be wrong, in milliseconds. Twilio's times have whole seconds, and somebody may set
 * this machine's clock meanwhile.
 */
const CLOCKS_DIFFER = 30_000;

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether an item of Twilio's list may be the message or call of `request`, and was created in the time span. Twilio
 * may have added the words of a trial account, replaced quotes and dashes by plain ones, or chosen the sender.
 */
export function matchesSentItem(request: MessageOrCall, item: SentItem, when: TimeSpan): boolean {
  if (!item.isOutbound) return false;
  if (item.createdAt < when.from - CLOCKS_DIFFER || item.createdAt > when.to + CLOCKS_DIFFER) return false;
  const choosesSender = request.from === null || !/^(whatsapp:)?\+/.test(request.from);
  if (!choosesSender && item.from !== null && item.from !== request.from) return false;
  if (request.command === "make_call") return true;
  // Twilio writes the text of a message from a content template. The app does not know this text, so the message
  // matches no item.
  return request.content === undefined && isSameText(request.body, item.body ?? "");
}

/**
 * Whether two texts are equal except for blanks, accents, the words of a trial account, and characters that Twilio
 * replaces. Digits and signs must be equal: `-5` differs from `5`, and `1.5 kW` from `15 kW`.
 */
export function isSameText(ours: string, theirs: string): boolean {
  return [theirs, theirs.replace(TRIAL_PREFIX, "")].some((text) => plain(text) === plain(ours));
}

/**
 * Typographic characters and the plain ones by which Twilio's Smart Encoding replaces them. Source:
 * twilio.com/docs/glossary/what-is-smart-encoding
 */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2018-\u201B\u2032\u2035\u00B4\u0060\u02B9-\u02BD\u2039\u203A]/gu, "'"],
  [/[\u201C-\u201F\u2033\u2036\u00AB\u00BB]/gu, '"'],
  [/[\u2010-\u2015\u2212\u2043\uFE58\uFE63]/gu, "-"],
  [/\u2026/gu, "..."],
  [/\p{Cf}/gu, ""],
  [/[\p{Z}\p{Cc}]+/gu, " "],
];

function plain(text: string): string {
  const replaced = PLAIN.reduce((changed, [from, to]) => changed.replace(from, to), text);
  return replaced.normalize("NFKD").replace(/\p{M}/gu, "").trim();
}

/** A message or call in Twilio's lists. */
export interface SentItem {
  readonly sid: string;
  readonly from: string | null;
  /** The text of a message; null for a call. */
  readonly body: string | null;
  readonly status: string;
  readonly segments: number | null;
  readonly isOutbound: boolean;
  /** When Twilio created the item, in milliseconds since 1970 by this machine's clock. Twilio gives whole seconds. */
  readonly createdAt: number;
}
