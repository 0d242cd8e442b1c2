import { CALM } from "../schedule/calm.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { FiredEvent, History, ToldWebhook } from "./history.ts";

/** Where nothing is in the way, an event is on Home Assistant's bus by then, in milliseconds. */
const PROMPT_MS = 5_000;

/** While the app, its disk and Home Assistant are well, what Twilio was told is kept reaches Home Assistant at once. */
export function checkPromptness(history: History, { journal, steps }: Schedule): string[] {
  if (journal !== "used" || !steps.every(({ action }) => CALM.has(action.kind))) return [];
  return history.webhooks.flatMap((told) => {
    const at = history.fired.find((event) => isAbout(event, told))?.at ?? Infinity;
    // A status that a later one has overtaken is no news.
    if (told.acceptedAt === null || (told.status !== null && at === Infinity)) return [];
    const late = at - told.acceptedAt;
    return late > PROMPT_MS
      ? [`a ${told.kind} took ${late / 1_000} s to reach Home Assistant: ${told.sid}`]
      : [];
  });
}

function isAbout({ data }: FiredEvent, { kind, sid, status }: ToldWebhook): boolean {
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
