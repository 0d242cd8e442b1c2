import { CALM, isUndisturbed } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { FiredEvent, History, SentWebhook } from "./history.ts";

/** Without faults, an event is on Home Assistant's bus within this time, in milliseconds. */
const PROMPT_MS = 2_000;

/**
 * How late the app reports a step whose call has ended, in milliseconds. The app may have to ask Twilio whether the call is
 * over.
 */
const STEP_ENDS_WITHIN_MS = 15_000;

/**
 * If the app, its disk and Home Assistant have no fault, an accepted webhook fires its event at once. If Twilio has none
 * either, a step on a call ends soon after the call.
 */
export function checkPromptness(history: History, schedule: Schedule): string[] {
  if (schedule.journal !== "used") return [];
  return [
    ...(schedule.steps.every(({ action }) => CALM.has(action.kind)) ? checkWebhooks(history) : []),
    ...(isUndisturbed(schedule) ? checkSteps(history) : []),
  ];
}

function checkWebhooks(history: History): string[] {
  return history.webhooks.flatMap((webhook) => {
    const at = history.fired.find((event) => isAbout(event, webhook))?.at ?? Infinity;
    // A status that a later status has replaced need not be fired at once.
    if (webhook.acceptedAt === null || (webhook.status !== null && at === Infinity)) return [];
    const delayMs = at - webhook.acceptedAt;
    return delayMs > PROMPT_MS
      ? [`a ${webhook.kind} took ${delayMs / 1_000} s to reach Home Assistant: ${webhook.sid}`]
      : [];
  });
}

function checkSteps({ asked, endedCalls, fired }: History): string[] {
  return asked.flatMap(({ id, command, receptions }) => {
    const result = fired.find(({ type, data }) => type === "twilio_result" && data["request_id"] === id);
    const ended = endedCalls.find(({ callSid }) => callSid === result?.data["call"]);
    const [first] = receptions;
    if (command !== "talk" || result === undefined || ended === undefined || first === undefined) return [];
    const delayMs = result.at - Math.max(ended.at, first.at);
    return delayMs > STEP_ENDS_WITHIN_MS ? [`${id} ended ${delayMs / 1_000} s after its call`] : [];
  });
}

function isAbout({ data }: FiredEvent, { kind, sid, status }: SentWebhook): boolean {
  switch (kind) {
    case "message":
      return data["MessageSid"] === sid;
    case "incoming call":
      return data["CallSid"] === sid;
    case "message status":
      return data["message_sid"] === sid && data["status"] === status;
    case "call status":
      return data["call_sid"] === sid && data["status"] === status;
  }
}
