import type { Schedule } from "../schedule/schedule.ts";
import type { History } from "./history.ts";
import { requestIdIn } from "./request-id.ts";

/**
 * A step is said once, unless the app died over it. It is not called done unless it was said, and it does not wait in
 * vain on a call.
 */
export function checkCalls(history: History, { steps }: Pick<Schedule, "steps">): string[] {
  const isDelayed = history.fullDisk.length > 0 || history.clockChanges.length > 0;
  // Nothing else reports that the caller has hung up.
  const isTwilioSilent = steps.some(({ action }) => action.kind === "Twilio fails" && action.on === "read");
  const mayRepeat = isDelayed || history.lives.length > 1;
  return history.asked
    .filter(({ command }) => command === "talk")
    .flatMap(({ id }) => {
      const times = history.saidTexts.filter(({ text }) => requestIdIn(text) === id).length;
      const results = history.fired
        .filter(({ type, data }) => type === "twilio_result" && data["request_id"] === id)
        .map(({ data }) => data as unknown as TalkResult);
      const isDone = results.some(({ ok, ended }) => ok && ended !== "caller");
      const isTimedOut = results.some(({ error }) => error?.code === "timeout");
      return [
        ...(times > 1 && !mayRepeat ? [`${id} was said ${times} times on a call`] : []),
        ...(times === 0 && isDone ? [`${id} is called done and was never said`] : []),
        // Calls end long before a step's time is up.
        ...(isTimedOut && !isDelayed && !isTwilioSilent
          ? [`${id} waited for its call until its time was up`]
          : []),
      ];
    });
}

interface TalkResult {
  readonly ok: boolean;
  readonly ended: string | null;
  readonly error: { readonly code: string } | null;
}
