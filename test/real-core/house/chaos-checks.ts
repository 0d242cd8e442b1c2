import type { RecordedEvent } from "./recorded-events.ts";

/** The statuses of a message, in order. */
export const STATUSES: readonly string[] = ["queued", "sent", "delivered"];

export interface SentMessage {
  readonly sid: string;
  readonly body: string;
}

const isWebhook = ({ type }: RecordedEvent): boolean => type !== "twilio_result";

/** The subject of a webhook's event: an inbound message or call, or one status of an outbound message. */
function subject({ data }: RecordedEvent): string {
  const inbound = data["MessageSid"] ?? data["CallSid"];
  return typeof inbound === "string"
    ? inbound
    : statusSubject(String(data["message_sid"]), String(data["status"]));
}

/** Names one status of an outbound message. */
export function statusSubject(sid: string, status: string): string {
  return `${sid}:${status}`;
}

/** Subjects of acknowledged webhooks without an event. */
export function missing(events: readonly RecordedEvent[], subjects: ReadonlySet<string>): string[] {
  const fired = new Set(events.filter(isWebhook).map(subject));
  return [...subjects].filter((one) => !fired.has(one));
}

/** Subjects of repeated events without the mark `redelivered`. */
export function unmarkedRepeats(events: readonly RecordedEvent[]): string[] {
  const known = new Set<string>();
  return events.filter(isWebhook).flatMap((event) => {
    const key = subject(event);
    const isRepeat = known.has(key);
    known.add(key);
    return isRepeat && event.data["redelivered"] !== true ? [key] : [];
  });
}

/** Calls that automations could act on more than once. A gate must not toggle twice. */
export function callsActedOnTwice(events: readonly RecordedEvent[]): string[] {
  const fired = new Set<string>();
  return events.flatMap(({ type, data }) => {
    const { CallSid: call } = data;
    if (type !== "twilio_data_received" || typeof call !== "string") return [];
    const isFirst = !fired.has(call) && data["redelivered"] !== true;
    fired.add(call);
    return isFirst ? [] : [call];
  });
}

/** Whether the app may have fired an event for a call before it was killed. */
export function isMaybeFiredCall({ type, data }: RecordedEvent): boolean {
  return type === "twilio_data_missed" && data["CallSid"] !== undefined && data["redelivered"] === true;
}

/** Statuses whose first event came after that of a later status of the same message. */
export function disorder(events: readonly RecordedEvent[]): string[] {
  const known = new Set<string>();
  const reached = new Map<unknown, number>();
  return events.flatMap((event) => {
    const key = subject(event);
    if (event.type !== "twilio_message_status" || known.has(key)) return [];
    known.add(key);
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
  /** The messages of a request that Twilio has sent. */
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

/** Results that contradict each other, or that contradict what Twilio has sent. */
export function falseResults(events: readonly RecordedEvent[], messages: readonly SentMessage[]): string[] {
  const answers = new Map<string, string>();
  return outcomes(events, messages).flatMap(({ id, isOk, sid, code, sent }) => {
    const outcome = JSON.stringify([isOk, sid, code]);
    const isContradiction = answers.has(id) && answers.get(id) !== outcome;
    answers.set(id, outcome);
    const isTrue = isOk
      ? sent.length === 1 && sent[0]?.sid === sid
      : code === "unknown_outcome" || sent.length === 0;
    return isTrue && !isContradiction ? [] : [`${id}: ${outcome}, sent ${sent.length}`];
  });
}

/**
 * Requests with the result `unknown_outcome` although Twilio has sent the message, so that a look-up should have
 * found it.
 */
export function notFound(events: readonly RecordedEvent[], messages: readonly SentMessage[]): string[] {
  const hidden = outcomes(events, messages).filter(
    ({ code, sent }) => code === "unknown_outcome" && sent.length > 0,
  );
  return [...new Set(hidden.map(({ id }) => id))];
}
