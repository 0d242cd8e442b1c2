import type { MessageOrCall } from "./message-or-call.ts";

/** A trial account puts this before every text. Source: Twilio, API responses of trial accounts. */
const TRIAL_PREFIX = /^\s*sent from (?:your|a) twilio trial account\s*-?\s*/i;

/** In milliseconds: Twilio's clock against ours, and its times are whole seconds. */
const CLOCKS_DIFFER = 30_000;

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether an item of Twilio's list may be what `request` asked for in that time. Twilio may have changed it: a trial
 * account's prefix, quotes and dashes replaced by plain ones, a sender chosen by a Messaging Service.
 */
export function matchesSentItem(request: MessageOrCall, item: SentItem, when: TimeSpan): boolean {
  if (!item.isOutbound) return false;
  if (item.createdAt < when.from - CLOCKS_DIFFER || item.createdAt > when.to + CLOCKS_DIFFER) return false;
  const choosesSender = request.from === null || !/^(whatsapp:)?\+/.test(request.from);
  if (!choosesSender && item.from !== null && item.from !== request.from) return false;
  if (request.command === "make_call") return true;
  // A template's text is Twilio's: nothing tells whether it is this one.
  return request.content === undefined && isSameText(request.body, item.body ?? "");
}

/** Equal but for what Twilio replaces, blanks and the trial prefix: `-5` is not `5`, nor `1.5 kW` `15 kW`. */
export function isSameText(ours: string, theirs: string): boolean {
  return [theirs, theirs.replace(TRIAL_PREFIX, "")].some((text) => plain(text) === plain(ours));
}

/** Typographic characters and the plain ones that Smart Encoding puts in their place. Source: twilio.com/docs/glossary/what-is-smart-encoding */
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

/** A message or call as Twilio's lists give it. */
export interface SentItem {
  readonly sid: string;
  readonly from: string | null;
  /** Null for a call. */
  readonly body: string | null;
  readonly status: string;
  readonly segments: number | null;
  readonly isOutbound: boolean;
  /** Milliseconds since 1970, to the second. */
  readonly createdAt: number;
}
