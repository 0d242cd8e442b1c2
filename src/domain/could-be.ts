import type { SendRequest } from "./send-request.ts";
import type { SentItem } from "./sent-item.ts";

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
export function couldBe(request: SendRequest, item: SentItem, when: TimeSpan): boolean {
  if (!item.isOutbound) return false;
  if (item.createdAt < when.from - CLOCKS_DIFFER || item.createdAt > when.to + CLOCKS_DIFFER) return false;
  const choosesSender = request.from === null || !/^(whatsapp:)?\+/.test(request.from);
  if (!choosesSender && item.from !== null && item.from !== request.from) return false;
  return request.command === "make_call" || sameText(request.body, item.body ?? "");
}

/** Equal but for punctuation, blanks and the trial prefix. */
export function sameText(ours: string, theirs: string): boolean {
  return [theirs, theirs.replace(TRIAL_PREFIX, "")].some((text) => plain(text) === plain(ours));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/[\p{P}\p{Z}\p{C}\p{M}\p{Sk}]/gu, "");
}
