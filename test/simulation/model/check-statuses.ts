import { statusRank } from "../../../src/domain/events/status-order.ts";
import { hadLeft } from "./check-webhooks.ts";
import type { FiredEvent, History, RefusedEvent } from "./history.ts";

/**
 * Checks that statuses never go backwards, and that each comes once without a mark. The last accepted status arrives.
 */
export function checkStatuses(history: History): string[] {
  const fired = history.fired.filter(
    ({ type }) => type === "twilio_message_status" || type === "twilio_call_status",
  );
  const accepted = history.webhooks.filter(
    ({ status, acceptedAt }) => status !== null && acceptedAt !== null,
  );
  const sids = new Set(accepted.map(({ sid }) => sid));
  return [...sids].flatMap((sid) => {
    const events = fired.filter((event) => sidOf(event) === sid);
    const highest = Math.max(
      ...accepted.filter((one) => one.sid === sid).map(({ status }) => statusRank(status ?? "")),
    );
    const wasRefused = history.refused.some((event) => sidOf(event) === sid);
    const isThere = wasRefused || events.some(({ data }) => statusRank(String(data["status"])) >= highest);
    return [
      ...(isThere ? [] : [`the last status that the app accepted never reached Home Assistant: ${sid}`]),
      ...checkOrder(
        sid,
        events.filter(({ data }) => data["redelivered"] !== true),
        history.refused.filter((event) => sidOf(event) === sid),
      ),
    ];
  });
}

function checkOrder(sid: string, events: readonly FiredEvent[], refused: readonly RefusedEvent[]): string[] {
  const statuses = events.map(({ data }) => String(data["status"]));
  const isBackwards = events.some(({ data }, index) => {
    const rank = statusRank(String(data["status"]));
    const first = refused.find((other) => other.data["status"] === data["status"]);
    return events
      .slice(0, index)
      .some((other) => rank < statusRank(String(other.data["status"])) && !hadLeft(other, first));
  });
  const isTwice = new Set(statuses).size < statuses.length;
  return [
    ...(isBackwards ? [`statuses went backwards: ${statuses.join(", ")} of ${sid}`] : []),
    ...(isTwice ? [`a status came twice without a mark: ${statuses.join(", ")} of ${sid}`] : []),
  ];
}

function sidOf({ data }: Pick<FiredEvent, "data">): unknown {
  return data["message_sid"] ?? data["call_sid"];
}
