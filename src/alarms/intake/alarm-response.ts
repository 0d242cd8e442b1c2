import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { StoredAlarm } from "../changes/change.ts";
import type { AlarmRequest } from "../ports.ts";

/** The data of `twilio_result` for a request about an alarm. */
export function responseOf(
  { requestId }: AlarmRequest,
  { alarm }: Pick<StoredAlarm, "alarm">,
  outcome: string,
  warnings: readonly string[],
): EventData {
  return {
    request_id: requestId,
    command: "alarm",
    ok: true,
    error: null,
    alarm: alarm.name,
    id: alarm.id,
    revision: alarm.revisions.length,
    state: alarm.state,
    outcome,
    warnings,
  };
}
