import { NO_FAULT } from "../schedule/calm.ts";
import type { Action, Schedule } from "../schedule/schedule.ts";
import { arrivalsIn } from "./check-webhooks.ts";
import type { Arrival } from "./check-webhooks.ts";
import type { History, ReceivedItem } from "./history.ts";

/** How long a listed message waits for its webhook, in milliseconds. Twilio's clock has whole seconds. */
const WEBHOOK_WAIT_MS = 60_000 - 1_000;
/** The time after which polling has found a message, which is more than two rounds, in milliseconds. */
const POLLED_WITHIN_MS = 40_000;

/** Faults that do not keep the app from answering the relay in time. */
const LEAVES_RELAY_WELL: ReadonlySet<Action["kind"]> = new Set([
  ...NO_FAULT,
  "Twilio fails",
  "webhooks fail",
  "note is forged",
]);

/**
 * Checks that only Twilio's messages and calls fire events, even if strangers post to the app. By polling, all messages
 * arrive and no calls. With webhooks, a listed message waits for its webhook.
 */
export function checkReceived(
  history: History,
  { receiving, steps }: Pick<Schedule, "receiving" | "steps">,
  now: number,
): string[] {
  const arrivals = arrivalsIn(history);
  const items = new Map(history.received.map((item) => [item.sid, item]));
  return [
    ...arrivals
      .filter(({ sid }) => !isAtTwilio(sid, history))
      .map(({ sid }) => `an event names ${sid}, which Twilio does not have`),
    ...(steps.every(({ action }) => LEAVES_RELAY_WELL.has(action.kind)) ? checkAway(history) : []),
    ...(receiving === "polling"
      ? checkPolling(history, arrivals, now)
      : checkWaits(history, arrivals, items)),
  ];
}

/** Without faults, the app answers each call before the relay gives up. */
function checkAway({ awayCalls }: History): string[] {
  return awayCalls.map((sid) => `the relay spoke for an app that was there: ${sid}`);
}

function isAtTwilio(sid: string, { received, sent }: History): boolean {
  return [...received, ...sent].some((item) => item.sid === sid);
}

function checkPolling(history: History, arrivals: readonly Arrival[], now: number): string[] {
  const { pollingSince } = history;
  return history.received.flatMap(({ kind, sid, at, listedAt }) => {
    const hasArrived =
      arrivals.some((arrival) => arrival.sid === sid) ||
      history.refused.some(({ data }) => data["MessageSid"] === sid);
    if (kind === "incoming call") return hasArrived ? [`a call arrived by polling: ${sid}`] : [];
    // Messages from before the beginning of polling need not arrive.
    const isOurs = pollingSince !== null && at >= pollingSince;
    const isDue = listedAt + POLLED_WITHIN_MS < now;
    return isOurs && isDue && !hasArrived ? [`a message was never polled: ${sid}`] : [];
  });
}

function checkWaits(
  { clockChanges }: History,
  arrivals: readonly Arrival[],
  items: ReadonlyMap<string, ReceivedItem>,
): string[] {
  if (clockChanges.length > 0) return [];
  return arrivals.flatMap(({ sid, event }) => {
    const { at } = items.get(sid) ?? { at: -Infinity };
    const isEarly = event.data["source"] === "poll" && event.at - at < WEBHOOK_WAIT_MS;
    return isEarly ? [`a listed message did not wait for its webhook: ${sid}`] : [];
  });
}
