import { CALM } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { FiredEvent, History, SentWebhook } from "./history.ts";

/** Without faults, an event is on Home Assistant's bus within this time, in milliseconds. */
const PROMPT_MS = 2_000;

/** If the app, its disk and Home Assistant have no fault, an accepted webhook fires its event at once. */
export function checkPromptness(history: History, { journal, steps }: Schedule): string[] {
  if (journal !== "used" || !steps.every(({ action }) => CALM.has(action.kind))) return [];
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
