import type { LineTerms } from "../domain/talk-step.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "../domain/talk-step.ts";

/** An app that starts anew must not cost the call: Twilio asks again, as long as its 15 s allow. */
const TRY_AGAIN = "#rc=5&rp=all";

/** What an address of a call carries. Twilio signs it, so that it can be trusted when it comes back. */
export interface TalkState {
  readonly attempt?: number;
  readonly terms: LineTerms;
  /** Milliseconds since 1970: since when nothing was heard. */
  readonly silentSince?: number;
  /** Tells two questions about the same apart. */
  readonly turn?: number;
}

/** Where Twilio asks what comes next. `call`: its SID, or `new`; `step`: a step's id, a reference, or `hold`. */
export function talkUrl(base: string, call: string, step: string, state: TalkState): string {
  const { attempt, terms, silentSince, turn } = state;
  const query = new URLSearchParams({
    h: String(terms.holdSeconds),
    s: String(terms.silenceSeconds),
    l: terms.language,
  });
  if (terms.voice !== null) query.set("v", terms.voice);
  if (attempt !== undefined) query.set("a", String(attempt));
  if (silentSince !== undefined) query.set("q", String(silentSince));
  if (turn !== undefined) query.set("t", String(turn));
  return `${base}/talk/${encodeURIComponent(call)}/${encodeURIComponent(step)}?${query.toString()}${TRY_AGAIN}`;
}

/** What `talkUrl` put there, out of a query without its `?`. */
export function talkState(query: string, now: number): Required<TalkState> {
  const given = new URLSearchParams(query);
  const numberOf = (name: string, otherwise: number): number => Number(given.get(name) ?? "") || otherwise;
  return {
    attempt: numberOf("a", 1),
    terms: {
      holdSeconds: numberOf("h", DEFAULT_HOLD_SECONDS),
      silenceSeconds: numberOf("s", DEFAULT_SILENCE_SECONDS),
      language: given.get("l") ?? "en-US",
      voice: given.get("v"),
    },
    silentSince: numberOf("q", now),
    turn: numberOf("t", 0),
  };
}
