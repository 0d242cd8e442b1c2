import type { Action, Schedule } from "../schedule/schedule.ts";
import type { AskedRequest, History } from "./history.ts";
import { requestIdIn } from "./request-id.ts";

/** How long a request of Twilio is on its way to the app, with the rounding of Twilio's clock, in milliseconds. */
const ON_THE_WAY_MS = 1_000;
/** How long after the app's answer Twilio says a step, in milliseconds. The relay waits for the answer. */
const SAID_WITHIN_MS = { port: 1_000, relay: 9_000, polling: 1_000 };

interface TalkResult {
  readonly ok: boolean;
  readonly ended: string | null;
  readonly call: string;
  readonly error: { readonly code: string } | null;
}

/**
 * Checks that a step is said once, unless the app died during it, and not after its timeout. It counts as done only if it
 * was said. It has no `timeout` error if its call was over before.
 */
export function checkCalls(history: History, schedule: Pick<Schedule, "receiving" | "steps">): string[] {
  const has = (kind: Action["kind"]): boolean => schedule.steps.some(({ action }) => action.kind === kind);
  const isDelayed = history.fullDisk.length > 0 || history.clockChanges.length > 0;
  const isAskedAgain = has("webhooks fail") || has("relay fails");
  const mayRepeat = isDelayed || history.lives.length > 1;
  return history.asked
    .filter(({ command }) => command === "talk")
    .flatMap((asked) => {
      const { id } = asked;
      const said = history.saidTexts.filter(({ text }) => requestIdIn(text) === id);
      const results = history.fired
        .filter(({ type, data }) => type === "twilio_result" && data["request_id"] === id)
        .map(({ data }) => data as unknown as TalkResult);
      const isDone = results.some(({ ok, ended }) => ok && ended !== "caller");
      const lastMs = Math.max(...said.map(({ at }) => at)) - deadlineOf(asked, "latest");
      return [
        ...(said.length > 1 && !mayRepeat ? [`${id} was said ${said.length} times on a call`] : []),
        ...(said.length === 0 && isDone ? [`${id} is called done and was never said`] : []),
        ...(lastMs > SAID_WITHIN_MS[schedule.receiving] && !isDelayed && !isAskedAgain
          ? [`${id} was said ${lastMs} ms after its time was up`]
          : []),
        ...(isDelayed ? [] : checkTimeout(asked, results, history, schedule)),
      ];
    });
}

/** Checks that a step with the error `timeout` was on a call that continued. Only Twilio can report a hang-up. */
function checkTimeout(
  asked: AskedRequest,
  results: readonly TalkResult[],
  { endedCalls }: History,
  { steps }: Pick<Schedule, "steps">,
): string[] {
  if (steps.some(({ action }) => action.kind === "Twilio fails" && action.on === "read")) return [];
  const call = results.find(({ error }) => error?.code === "timeout")?.call;
  const endedAt = endedCalls.find(({ callSid }) => callSid === call)?.at ?? Infinity;
  return endedAt < deadlineOf(asked, "earliest") - ON_THE_WAY_MS
    ? [`${asked.id} waited for its call until its time was up, and the call was over`]
    : [];
}

/** Each reception has its own deadline; they differ by the time on the way. */
function deadlineOf({ receptions }: AskedRequest, which: "earliest" | "latest"): number {
  const deadlines = receptions.map(({ deadline }) => deadline);
  return which === "earliest" ? Math.min(...deadlines) : Math.max(...deadlines);
}
