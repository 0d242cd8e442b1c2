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

/** The faults of a run, as sentences. `now` is in milliseconds of the run. */
export function checkHistory(history: History, schedule: Schedule, now: number): string[] {
  return [
    ...checkWebhooks(history, schedule),
    ...checkFreshness(history, schedule),
    ...checkPromptness(history, schedule),
    ...checkReceived(history, schedule, now),
    ...checkStatuses(history),
    ...checkCommands(history, schedule),
    ...checkCalls(history, schedule),
    ...checkAlarms(history, schedule, now),
  ];
}
