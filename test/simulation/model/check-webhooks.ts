import type { Schedule } from "../schedule/schedule.ts";
import type { FiredEvent, History, RefusedEvent, WebhookKind } from "./history.ts";

/** An event about an incoming message or call. */
export interface Arrival {
  readonly kind: Extract<WebhookKind, "message" | "incoming call">;
  readonly sid: string;
  readonly event: FiredEvent;
}

/** The events about incoming messages and calls, in order. */
export function arrivalsIn({ fired }: Pick<History, "fired">): Arrival[] {
  return fired.flatMap((event): Arrival[] => {
    const { type, data } = event;
    if (type !== "twilio_data_received" && type !== "twilio_data_missed") return [];
    if (typeof data["MessageSid"] === "string") return [{ kind: "message", sid: data["MessageSid"], event }];
    if (typeof data["CallSid"] !== "string" || data["Digits"] !== undefined) return [];
    return [{ kind: "incoming call", sid: data["CallSid"], event }];
  });
}

/**
 * Checks that each accepted webhook fires an event, and a second one only with a mark. Automations can act on a call
 * once at most. Messages come in order.
 */
export function checkWebhooks(history: History, schedule: Pick<Schedule, "journal" | "receiving">): string[] {
  const arrivals = arrivalsIn(history);
  const accepted = history.webhooks.filter(({ acceptedAt }) => acceptedAt !== null);
  const lost = accepted
    .filter(({ kind }) => kind === "message" || kind === "incoming call")
    .filter(({ sid }) => !arrivals.some((arrival) => arrival.sid === sid))
    .filter(
      ({ sid }) => !history.refused.some(({ data }) => data["MessageSid"] === sid || data["CallSid"] === sid),
    )
    .map(({ kind, sid }) => `a ${kind} that the app accepted never reached Home Assistant: ${sid}`);
  const sids = [...new Set(arrivals.map(({ sid }) => sid))];
  return [
    ...lost,
    ...sids.flatMap((sid) => checkRepeats(arrivals.filter((one) => one.sid === sid))),
    ...order(history, schedule),
  ];
}

function checkRepeats(arrivals: readonly Arrival[]): string[] {
  const [first] = arrivals;
  if (first === undefined) return [];
  const { kind, sid } = first;
  const unmarked = arrivals.filter(({ event }) => event.data["redelivered"] !== true);
  const acting = arrivals.filter(({ event }) => event.type === "twilio_data_received");
  return [
    ...(unmarked.length > 1 ? [`one ${kind} came ${unmarked.length} times without a mark: ${sid}`] : []),
    ...(kind === "incoming call" && acting.length > 1 ? [`a call acted ${acting.length} times: ${sid}`] : []),
  ];
}

/**
 * Checks that messages come in the order in which the app received them, unless its clock was set. Without an earlier
 * journal, each message waits for its own age check. For the relay, the order is that of Twilio's requests.
 */
function order(history: History, { journal, receiving }: Pick<Schedule, "journal" | "receiving">): string[] {
  if (history.clockChanges.length > 0 || journal !== "used" || receiving === "relay") return [];
  const first = new Map<string, FiredEvent>();
  for (const { kind, sid, event } of arrivalsIn(history))
    if (kind === "message" && event.data["source"] === undefined && !first.has(sid)) first.set(sid, event);
  const before: FiredEvent[] = [];
  return [...first].flatMap(([sid, event]) => {
    const refused = history.refused.find(({ data }) => data["MessageSid"] === sid);
    const isOvertaken = before.some(
      (other) => receivedAt(other) > receivedAt(event) && !hadLeft(other, refused),
    );
    before.push(event);
    return isOvertaken ? [`a message was overtaken by a later one: ${sid}`] : [];
  });
}

function receivedAt({ data }: FiredEvent): string {
  return String(data["received_at"]);
}

/** Whether the app sent an event before it learnt that Home Assistant had refused an earlier one. */
export function hadLeft({ sentAt }: FiredEvent, refused: RefusedEvent | undefined): boolean {
  return refused !== undefined && sentAt <= (refused.knownAt ?? Infinity);
}
