/**
 * The app accepts a scheduled message only if its time is at least `MIN_AHEAD_MS` and at most `MAX_AHEAD_MS`
 * milliseconds ahead. Source of Twilio's limits: twilio.com/docs/messaging/features/message-scheduling
 */
const MIN_AHEAD_MS = 15 * 60_000;
const MAX_AHEAD_MS = 35 * 24 * 3_600_000;

export type ParsedSendAt =
  | { readonly ok: true; readonly iso: string }
  | { readonly ok: false; readonly fault: string };

/**
 * Reads the field `send_at` of an action. The time is written in ISO 8601, or as Home Assistant's selector writes it,
 * such as `2026-11-25 08:00:00`.
 *
 * @param now the present time in milliseconds since 1970
 * @param timeZone Home Assistant's time zone, which counts if `text` names none
 */
export function parseSendAt(text: string, now: number, timeZone: string): ParsedSendAt {
  const at = timeOf(text.trim(), timeZone);
  if (at === null) return { ok: false, fault: "is not a date and time such as 2026-11-25 08:00:00" };
  if (at < now) return { ok: false, fault: "is in the past" };
  if (at < now + MIN_AHEAD_MS) return { ok: false, fault: "must be at least 15 minutes ahead" };
  if (at > now + MAX_AHEAD_MS) return { ok: false, fault: "must be at most 35 days ahead" };
  return { ok: true, iso: new Date(at).toISOString() };
}

function timeOf(text: string, timeZone: string): number | null {
  const [, date, rest = ""] = /^(\d{4}-\d\d-\d\d)(?:[T ](.+))?$/.exec(text) ?? [];
  if (date === undefined || !isCalendarDate(date)) return null;
  const isLocal = rest === "" || /^\d\d:\d\d(?::\d\d)?(?:\.\d+)?$/.test(rest);
  const given = Date.parse(isLocal ? `${date}T${rest || "00:00"}Z` : text.replace(" ", "T"));
  if (Number.isNaN(given)) return null;
  if (!isLocal) return given;
  // Compute the offset two times: daylight saving time may begin or end between the first guess and the real time.
  const guess = given - offsetAt(given, timeZone);
  return given - offsetAt(guess, timeZone);
}

/** Whether the calendar has this day. `Date.parse` turns February 30 into March 2. */
function isCalendarDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date;
}

/** The offset of `timeZone` from UTC at the time `at`, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return shown - Math.floor(at / 1000) * 1000;
}
