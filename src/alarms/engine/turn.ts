import { isInconclusive, isLiveCall } from "../alarm-try.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { AlarmChannel, AlarmPerson, AlarmTerms } from "../alarm.ts";

/** Twilio may queue an accepted call. After this time, in milliseconds, the app assumes that the phone rings. */
const RINGING_BY_MS = 60_000;
/** If a person answers a call, the app waits at most this long before it asks the next person, in milliseconds. */
const ON_THE_LINE_MS = 60_000;
/** Twilio reports at most this long after `ring_seconds` that a call rang out, in milliseconds. */
const REPORT_MS = 15_000;
/**
 * After this time, in milliseconds, the app knows whether Twilio has accepted a call or text, or the outcome is
 * `doubtful`.
 */
const ACCEPTED_BY_MS = 40_000;

/** The next action in a turn (all calls and texts to one person in one round). */
export type Turn =
  | { readonly kind: "try"; readonly channels: readonly AlarmChannel[] }
  | { readonly kind: "wait"; readonly until: number }
  | { readonly kind: "over"; readonly at: number };

/**
 * Decides what comes next in a person's turn. The app uses all channels of the person at the same time, and calls again
 * if the phone rang out. The turn is over when the calls have ended and nobody has answered the texts in time.
 *
 * @param tries the calls, texts and pushes of this turn
 * @param live calls to the person that may still be in progress, also from earlier turns
 */
export function turnOf(
  person: Pick<AlarmPerson, "channels">,
  terms: Pick<AlarmTerms, "calls" | "ringSeconds" | "waitSeconds">,
  tries: readonly AlarmTry[],
  live: readonly AlarmTry[],
  now: number,
): Turn {
  const busyUntil = Math.max(0, ...live.map((call) => liveUntil(call, terms)));
  if (busyUntil > now && tries.length > 0) return { kind: "wait", until: busyUntil };
  if (busyUntil > now) return withoutCall(person, busyUntil);
  const due = person.channels.filter((channel) => isDue(channel, terms, tries, live));
  if (due.length > 0) return { kind: "try", channels: due };
  const at = Math.max(busyUntil, ...tries.map((made) => overAt(made, terms)));
  return at > now ? { kind: "wait", until: at } : { kind: "over", at };
}

/** Writes to a person, but does not call: the person is still on the phone because of an earlier call. */
function withoutCall({ channels }: Pick<AlarmPerson, "channels">, until: number): Turn {
  const texts = channels.filter((channel) => channel !== "call");
  return texts.length > 0 ? { kind: "try", channels: texts } : { kind: "wait", until };
}

function isDue(
  channel: AlarmChannel,
  { calls }: Pick<AlarmTerms, "calls">,
  tries: readonly AlarmTry[],
  live: readonly AlarmTry[],
): boolean {
  // Do not call while another call to this person may still be in progress.
  if (channel === "call" && live.some(isLiveCall)) return false;
  const made = tries.filter((one) => one.channel === channel);
  const last = made.at(-1);
  if (last === undefined) return true;
  if (last.outcome === null) return false;
  if (isInconclusive(last)) return made.filter(isInconclusive).length === 1;
  const rangOut = made.filter(({ outcome }) => outcome === "rang_out").length;
  return channel === "call" && last.outcome === "rang_out" && rangOut < calls;
}

/** Until when the app waits for the end of this call before it asks the next person, in milliseconds since 1970. */
function liveUntil(
  { at, acceptedAt, ringingAt, answeredAt }: AlarmTry,
  { ringSeconds }: Pick<AlarmTerms, "ringSeconds">,
): number {
  if (answeredAt !== null) return answeredAt + ON_THE_LINE_MS;
  const ringMs = ringSeconds * 1_000 + REPORT_MS;
  if (ringingAt !== null) return ringingAt + ringMs;
  return acceptedAt === null ? at + ACCEPTED_BY_MS : acceptedAt + RINGING_BY_MS + ringMs;
}

/**
 * Until when the app waits before it goes on to the next person. It waits for the end of a call, and for the time in
 * which a text may be answered.
 */
function overAt(
  made: AlarmTry,
  { waitSeconds, ringSeconds }: Pick<AlarmTerms, "waitSeconds" | "ringSeconds">,
): number {
  const { channel, at, acceptedAt, endedAt, outcome } = made;
  if (channel === "call") return outcome === null ? liveUntil(made, { ringSeconds }) : (endedAt ?? at);
  if (outcome === null) return at + ACCEPTED_BY_MS;
  return outcome === "delivered" ? (acceptedAt ?? at) + waitSeconds * 1_000 : (endedAt ?? at);
}
