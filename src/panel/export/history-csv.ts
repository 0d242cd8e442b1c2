import type { HistoryEntry } from "../../domain/events/history.ts";
import { csvLine } from "./csv-line.ts";

/** The names of the columns, which are equal in all languages. DOCS.md explains them. */
const COLUMNS = [
  "time",
  "event",
  "kind",
  "state",
  "redelivered",
  "from",
  "to",
  "contact",
  "text",
  "status",
  "duration_seconds",
  "error_code",
  "error",
  "sid",
] as const;

type Cells = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;
type Data = Readonly<Record<string, unknown>>;

/** Makes Excel read the file as UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Writes the first line, with the names of the columns. */
export function csvHeading(): string {
  return BYTE_ORDER_MARK + csvLine(COLUMNS);
}

/**
 * Writes the lines of an event: one, or one for each recipient of a result. Leaves out the URLs of files, and what
 * callers entered or said, because it may be a PIN. Times are ISO 8601, in UTC.
 */
export function csvLines(event: HistoryEntry): string {
  const { at, type, kind, state, maybeDelivered, data } = event;
  const common: Cells = {
    time: new Date(at).toISOString(),
    event: type,
    kind,
    state,
    redelivered: maybeDelivered ? "yes" : null,
  };
  return rowsOf(data)
    .map((row) => csvLine(COLUMNS.map((name) => row[name] ?? common[name] ?? null)))
    .join("");
}

function rowsOf(data: Data): Cells[] {
  const recipients = Array.isArray(data["recipients"]) ? (data["recipients"] as readonly Data[]) : [];
  if (recipients.length === 0) return [rowOf(data)];
  return recipients.map((one) => ({ ...rowOf(data), ...rowOf(one), to: textIn(one, "to") }));
}

function rowOf(data: Data): Cells {
  const error = data["error"];
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Data;
  const found = {
    from: textIn(data, "From", "from"),
    to: textIn(data, "To", "to"),
    contact: textIn(data, "contact"),
    text: textIn(data, "Body"),
    status: textIn(data, "MessageStatus", "SmsStatus", "CallStatus", "status"),
    duration_seconds: textIn(data, "CallDuration", "duration"),
    error_code: typeof code === "string" ? code : null,
    error: typeof message === "string" ? message : null,
    sid: textIn(data, "MessageSid", "SmsSid", "CallSid", "sid"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null));
}

/**
 * Returns the first value in `data` that is not empty, of the fields `names` in their order. Returns null if all are
 * empty.
 */
function textIn(data: Data, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = data[name];
    if (typeof value === "number" || (typeof value === "string" && value !== "")) return String(value);
  }
  return null;
}
