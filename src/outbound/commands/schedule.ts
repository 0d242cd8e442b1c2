/** Twilio keeps a message for so long at least and at most. Source: twilio.com/docs/messaging/features/message-scheduling */
const SOONEST_MS = 15 * 60_000;
const LATEST_MS = 35 * 24 * 3_600_000;

export type ParsedSendAt =
  | { readonly ok: true; readonly iso: string }
  | { readonly ok: false; readonly fault: string };

/**
 * When a message is to be sent: ISO 8601, or a date and time as Home Assistant's selector gives it (`2026-11-25
 * 08:00:00`), which is the house's own time. `now` in milliseconds since 1970.
 */
export function parseSendAt(text: string, now: number, timeZone: string): ParsedSendAt {
  const at = timeOf(text.trim(), timeZone);
  if (at === null) return { ok: false, fault: "is no date and time such as 2026-11-25 08:00:00" };
  if (at < now) return { ok: false, fault: "has passed" };
  if (at < now + SOONEST_MS) return { ok: false, fault: "must be at least 15 minutes ahead" };
  if (at > now + LATEST_MS) return { ok: false, fault: "must be at most 35 days ahead" };
  return { ok: true, iso: new Date(at).toISOString() };
}

function timeOf(text: string, timeZone: string): number | null {
  const [, date, time = "00:00"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?))?$/.exec(text) ?? [];
  if (date === undefined) {
    const given = /^\d{4}-\d\d-\d\d[T ]/.test(text) ? Date.parse(text.replace(" ", "T")) : Number.NaN;
    return Number.isNaN(given) ? null : given;
  }
  const asUtc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** How far the zone's clocks are ahead of UTC, in milliseconds. */
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
