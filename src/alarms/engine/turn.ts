import { isInconclusive, isLiveCall } from "../alarm-try.ts";
import type { AlarmTry } from "../alarm-try.ts";
import type { AlarmChannel, AlarmPerson, AlarmTerms } from "../alarm.ts";

/** A call that Twilio has accepted counts as ringing after this time, in milliseconds. Twilio may queue calls. */
const RINGING_BY_MS = 60_000;
/** How long nobody else is called while a person is on the line. */
const ON_THE_LINE_MS = 60_000;
/** How much later than `ring_seconds` Twilio may report that a call rang out. */
const REPORT_MS = 15_000;
/** How long Twilio may take to accept a try, with all look-ups. */
const ACCEPTED_BY_MS = 40_000;

/** The next step in the turn of one person in one round. */
export type Turn =
  | { readonly kind: "try"; readonly channels: readonly AlarmChannel[] }
  | { readonly kind: "wait"; readonly until: number }
  | { readonly kind: "over"; readonly at: number };

/**
 * The turn of a person. All channels are used at the same time. A phone that rang out is called again. The turn is over
 * when the calls have ended and the time for an answer to texts has passed.
 *
 * @param tries those of the person in this turn
 * @param live the calls to the person that may be in progress, of any turn
 */
export function turnOf(
  person: Pick<AlarmPerson, "channels">,
  terms: Pick<AlarmTerms, "calls" | "ringSeconds" | "waitSeconds">,
  tries: readonly AlarmTry[],
  live: readonly AlarmTry[],
  now: number,
): Turn {
  const passedAt = tries.find((made) => made.passedAt !== null)?.passedAt ?? null;
  if (passedAt !== null) return { kind: "over", at: passedAt };
  const busyUntil = Math.max(0, ...live.map((call) => liveUntil(call, terms)));
  if (busyUntil > now && tries.length > 0) return { kind: "wait", until: busyUntil };
  if (busyUntil > now) return withoutCall(person, busyUntil);
  const due = person.channels.filter((channel) => isDue(channel, terms, tries, live));
  if (due.length > 0) return { kind: "try", channels: due };
  const at = Math.max(busyUntil, ...tries.map((made) => overAt(made, terms)));
  return at > now ? { kind: "wait", until: at } : { kind: "over", at };
}

/** A person who is on the phone because of an earlier turn gets only texts. */
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
  // Never a second call while the first may still be in progress.
  if (channel === "call" && live.some(isLiveCall)) return false;
  const made = tries.filter((one) => one.channel === channel);
  const last = made.at(-1);
  if (last === undefined) return true;
  if (last.outcome === null) return false;
  if (isInconclusive(last)) return made.filter(isInconclusive).length === 1;
  const rangOut = made.filter(({ outcome }) => outcome === "rang_out").length;
  return channel === "call" && last.outcome === "rang_out" && rangOut < calls;
}

/** The time until which a call keeps the app from calling others. */
function liveUntil(
  { at, acceptedAt, ringingAt, answeredAt }: AlarmTry,
  { ringSeconds }: Pick<AlarmTerms, "ringSeconds">,
): number {
  if (answeredAt !== null) return answeredAt + ON_THE_LINE_MS;
  const ringMs = ringSeconds * 1_000 + REPORT_MS;
  if (ringingAt !== null) return ringingAt + ringMs;
  return acceptedAt === null ? at + ACCEPTED_BY_MS : acceptedAt + RINGING_BY_MS + ringMs;
}

/** The time at which a try no longer delays the next person: a call at its end, a text after the time for an answer. */
function overAt(
  made: AlarmTry,
  { waitSeconds, ringSeconds }: Pick<AlarmTerms, "waitSeconds" | "ringSeconds">,
): number {
  const { channel, at, acceptedAt, endedAt, outcome } = made;
  if (channel === "call") return outcome === null ? liveUntil(made, { ringSeconds }) : (endedAt ?? at);
  if (outcome === null) return at + ACCEPTED_BY_MS;
  return outcome === "delivered" ? (acceptedAt ?? at) + waitSeconds * 1_000 : (endedAt ?? at);
}
