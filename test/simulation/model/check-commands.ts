import { canonicalJson } from "../../../src/domain/payload/canonical-json.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { checkSharedCommands } from "./check-shared-commands.ts";
import type { AskedRequest, FiredEvent, History, SentItem } from "./history.ts";
import { outcomesIn } from "./recipient-outcome.ts";
import { SHARED } from "./request-id.ts";

/** The app stores a request within this time after it received the request, in milliseconds. */
const STORED_WITHIN_MS = 5_000;

/**
 * Each request is sent once at most, before its deadline and within the limits. It is answered, each time in the same way,
 * and the answer is true. `now` is in milliseconds of the run.
 */
export function checkCommands(history: History, schedule: Schedule, now: number): string[] {
  return [
    ...history.asked.flatMap((asked) => checkCommand(asked, history, now)),
    ...checkSharedCommands(history),
    ...checkLimits(history, schedule),
  ];
}

function checkCommand(asked: AskedRequest, history: History, now: number): string[] {
  const { id, command } = asked;
  const results = history.fired.filter(
    ({ type, data }) => type === "twilio_result" && data["request_id"] === id,
  );
  const binding = results.filter((result) => !isOutdated(result, asked, history));
  const wanted = asked.isShared ? SHARED : id;
  const sent = history.sent.filter(({ requestId }) => requestId === wanted);
  const faults = [
    ...checkSameAnswer(asked, binding),
    ...(command === "talk" || asked.isShared ? [] : checkSent(asked, sent, history)),
    ...(asked.isShared ? [] : binding.flatMap((result) => checkTruth(result, sent))),
  ];
  const missing = unanswered(asked, results, history, now);
  if (missing !== null) faults.push(`it was asked at ${missing} ms and not answered after that`);
  return faults.map((fault) => `${id} (${command}): ${fault}`);
}

/**
 * Whether the result is a failure of an earlier life, and the automation repeated its request afterwards. If a full
 * disk lost the request, the next life may send it.
 */
function isOutdated({ data, at }: FiredEvent, { receptions }: AskedRequest, { lives }: History): boolean {
  const { error } = data as { readonly error?: { readonly code: string } | null };
  const answeredIn = lives.findLast(({ startedAt }) => startedAt <= at)?.number ?? 0;
  return error?.code === "app_failed" && receptions.some((one) => one.at > at && one.life > answeredIn);
}

function checkSameAnswer({ receptions }: AskedRequest, results: readonly FiredEvent[]): string[] {
  const answers = new Set(results.map(({ data }) => canonicalJson({ ...data, redelivered: undefined })));
  const unmarked = results.filter(({ data }) => data["redelivered"] !== true);
  return [
    ...(answers.size > 1 ? [`it was answered in ${answers.size} ways: ${[...answers].join(" and ")}`] : []),
    ...(unmarked.length > receptions.length
      ? [`it was answered more often than asked: ${unmarked.length}`]
      : []),
  ];
}

function checkSent(
  { id, to, receptions }: AskedRequest,
  sent: readonly SentItem[],
  history: History,
): string[] {
  const deadline = Math.max(...receptions.map((one) => one.deadline));
  const overdue = history.posts.filter(({ requestId, at }) => requestId === id && at > deadline + 1);
  return [
    ...to.flatMap((recipient) => {
      const times = sent.filter((item) => item.to === recipient).length;
      return times > 1 ? [`${recipient} got it ${times} times`] : [];
    }),
    // A deadline is a time of the app's clock, and moves with the clock.
    ...(history.clockChanges.length > 0
      ? []
      : overdue.map(({ at }) => `it was sent ${at - deadline} ms too late`)),
  ];
}

function checkTruth({ data }: FiredEvent, sent: readonly SentItem[]): string[] {
  const { ok, error: refusal } = data as {
    readonly ok: boolean;
    readonly error: { readonly code: string } | null;
  };
  if (!ok && outcomesIn(data).length === 0 && sent.length > 0)
    return [`"${refusal?.code}" was said of what was sent`];
  return outcomesIn(data).flatMap(({ to, sid, error }) => {
    const item = sent.find((one) => one.to === to);
    if (error === null && item === undefined) return [`"sent" was said of what Twilio does not have`];
    if (sid !== null && item?.sid !== sid) return [`the answer names ${sid}, and Twilio has ${item?.sid}`];
    const isDoubtful = error?.code === "unknown_outcome";
    if (sid === null && item !== undefined && !isDoubtful)
      return [`"${error?.code}" was said of what was sent`];
    return [];
  });
}

/**
 * The time at which a life received the request last and gave no answer, although it could. Null if all is well. An
 * automation that repeats its request has lost the earlier answer.
 */
function unanswered(
  { receptions, isProbe, givesUpAt }: AskedRequest,
  results: readonly FiredEvent[],
  history: History,
  now: number,
): number | null {
  const lastAt = results.at(-1)?.at ?? -Infinity;
  if (isProbe) return lastAt === -Infinity ? givesUpAt : null;
  // If the clock was set back, the deadline may be far in the future.
  if (history.clockChanges.some(({ ms }) => ms < 0)) return null;
  if (history.refused.some(({ type }) => type === "twilio_result")) return null;
  const due = receptions.filter(({ at, life }) => {
    const end = history.lives.find(({ number }) => number === life)?.endedAt ?? Infinity;
    const storedBy = Math.max(
      at,
      ...history.fullDisk.filter(({ from }) => from < at + STORED_WITHIN_MS).map(({ to }) => to),
    );
    // A request can come shortly before the end of the run. Its automation then still waits for the answer.
    const answeredBy = Math.max(storedBy + STORED_WITHIN_MS, givesUpAt);
    return end > storedBy + STORED_WITHIN_MS && now > answeredBy;
  });
  return due.findLast(({ at }) => at > lastAt)?.at ?? null;
}

function checkLimits({ sent }: History, { messagesPerDay, callsPerDay }: Schedule): string[] {
  return [
    { kind: "message", most: messagesPerDay },
    { kind: "call", most: callsPerDay },
  ].flatMap(({ kind, most }) => {
    const count = sent.filter((item) => item.kind === kind).length;
    return count > most ? [`${count} ${kind}s were sent, and the limit of a day is ${most}`] : [];
  });
}
