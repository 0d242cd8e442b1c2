import { checkAlarms } from "../alarms/check-alarms.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { checkCalls } from "./check-calls.ts";
import { checkCommands } from "./check-commands.ts";
import { checkFreshness } from "./check-freshness.ts";
import { checkPromptness } from "./check-promptness.ts";
import { checkReceived } from "./check-received.ts";
import { checkStatuses } from "./check-statuses.ts";
import { checkWebhooks } from "./check-webhooks.ts";
import type { History } from "./history.ts";

/** The longest time from the answer to a webhook until its event is fired, in milliseconds. */
const FIRED_WITHIN_MS = 1_000;

/** The faults of a run, as sentences. `now` is in milliseconds of the run. */
export function checkHistory(history: History, schedule: Schedule, now: number): string[] {
  const settled = withoutLast(history, now);
  return [
    ...checkWebhooks(settled, schedule),
    ...checkFreshness(history, schedule),
    ...checkPromptness(settled, schedule),
    ...checkReceived(history, schedule, now),
    ...checkStatuses(settled),
    ...checkCommands(history, schedule, now),
    ...checkCalls(history, schedule),
    ...checkAlarms(history, schedule, now),
  ];
}

/** The history without webhooks whose events may still be on their way at the end of the run. */
function withoutLast(history: History, now: number): History {
  const isSettled = (acceptedAt: number | null): boolean =>
    acceptedAt === null || acceptedAt < now - FIRED_WITHIN_MS;
  return { ...history, webhooks: history.webhooks.filter(({ acceptedAt }) => isSettled(acceptedAt)) };
}
