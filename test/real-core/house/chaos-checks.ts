import type { RecordedEvent } from "./recorded-events.ts";

/** Of one message, in order. */
export const STATUSES: readonly string[] = ["queued", "sent", "delivered"];

export interface SentMessage {
  readonly sid: string;
  readonly body: string;
}

const isWebhook = ({ type }: RecordedEvent): boolean => type !== "twilio_result";

/** What a webhook's event is about: an inbound message or call, or one status of an outbound message. */
function subject({ data }: RecordedEvent): string {
  const inbound = data["MessageSid"] ?? data["CallSid"];
  return typeof inbound === "string"
    ? inbound
    : statusSubject(String(data["message_sid"]), String(data["status"]));
}

export function statusSubject(sid: string, status: string): string {
  return `${sid}:${status}`;
}

/** Acknowledged, and never told. */
export function missing(events: readonly RecordedEvent[], subjects: ReadonlySet<string>): string[] {
  const seen = new Set(events.filter(isWebhook).map(subject));
  return [...subjects].filter((one) => !seen.has(one));
}

/** Told again without a mark. */
export function unmarkedRepeats(events: readonly RecordedEvent[]): string[] {
  const seen = new Set<string>();
  return events.filter(isWebhook).flatMap((event) => {
    const key = subject(event);
    const isRepeat = seen.has(key);
    seen.add(key);
    return isRepeat && event.data["redelivered"] !== true ? [key] : [];
  });
}

/** Calls that automations could act on more than once, or when it may have been before: a gate must not toggle twice. */
export function callsActedOnTwice(events: readonly RecordedEvent[]): string[] {
  const told = new Set<string>();
  return events.flatMap(({ type, data }) => {
    const { CallSid: call } = data;
    if (type !== "twilio_data_received" || typeof call !== "string") return [];
    const isFirst = !told.has(call) && data["redelivered"] !== true;
    told.add(call);
    return isFirst ? [] : [call];
  });
}

/** A call that the app may have told of before it died. */
export function isUnsureCall({ type, data }: RecordedEvent): boolean {
  return type === "twilio_data_missed" && data["CallSid"] !== undefined && data["redelivered"] === true;
}

/** Messages of which a status was first told after a later one, whether or not it had been told before. */
export function disorder(events: readonly RecordedEvent[]): string[] {
  const seen = new Set<string>();
  const reached = new Map<unknown, number>();
  return events.flatMap((event) => {
    const key = subject(event);
    if (event.type !== "twilio_message_status" || seen.has(key)) return [];
    seen.add(key);
    const { message_sid: sid, status } = event.data;
    const step = STATUSES.indexOf(String(status));
    const expected = (reached.get(sid) ?? -1) + 1;
    reached.set(sid, step);
    return step === expected ? [] : [key];
  });
}

interface Outcome {
  readonly id: string;
  readonly isOk: boolean;
  readonly sid: unknown;
  readonly code: string | undefined;
  /** What Twilio has of it. */
  readonly sent: readonly SentMessage[];
}

function outcomes(events: readonly RecordedEvent[], messages: readonly SentMessage[]): Outcome[] {
  return events.flatMap(({ type, data }) => {
    if (type !== "twilio_result") return [];
    const id = String(data["request_id"]);
    const { code } = (data["error"] ?? {}) as { readonly code?: string };
    const sent = messages.filter(({ body }) => body === `command ${id.replace("req_", "")}`);
    return [{ id, isOk: data["ok"] === true, sid: data["sid"], code, sent }];
  });
}

/** Results that do not say what Twilio has, or that contradict each other. */
export function falseResults(events: readonly RecordedEvent[], messages: readonly SentMessage[]): string[] {
  const told = new Map<string, string>();
  return outcomes(events, messages).flatMap(({ id, isOk, sid, code, sent }) => {
    const outcome = JSON.stringify([isOk, sid, code]);
    const isContradiction = told.has(id) && told.get(id) !== outcome;
    told.set(id, outcome);
    const isTrue = isOk
      ? sent.length === 1 && sent[0]?.sid === sid
      : code === "unknown_outcome" || sent.length === 0;
    return isTrue && !isContradiction ? [] : [`${id}: ${outcome}, sent ${sent.length}`];
  });
}

/** Requests told to be unknown although Twilio has the message: a look-up should have found it. */
export function notFound(events: readonly RecordedEvent[], messages: readonly SentMessage[]): string[] {
  const hidden = outcomes(events, messages).filter(
    ({ code, sent }) => code === "unknown_outcome" && sent.length > 0,
  );
  return [...new Set(hidden.map(({ id }) => id))];
}
