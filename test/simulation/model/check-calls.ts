import type { History } from "./history.ts";
import { requestIdIn } from "./request-id.ts";

/** A step is said once, unless the app died over it, and is not called done unless it was said. */
export function checkCalls(history: History): string[] {
  const hadTrouble = history.lives.length > 1 || history.fullDisk.length > 0;
  return history.asked
    .filter(({ command }) => command === "talk")
    .flatMap(({ id }) => {
      const times = history.heardTexts.filter(({ text }) => requestIdIn(text) === id).length;
      const results = history.fired.filter(
        ({ type, data }) => type === "twilio_result" && data["request_id"] === id,
      );
      const isDone = results.some(({ data }) => data["ok"] === true && data["ended"] !== "caller");
      return [
        ...(times > 1 && !hadTrouble ? [`${id} was said ${times} times on a call`] : []),
        ...(times === 0 && isDone ? [`${id} is called done and was never said`] : []),
      ];
    });
}
