import type { WebhookFields } from "./webhook.ts";

export interface TalkRecording {
  readonly sid: string | null;
  readonly url: string;
  /** Seconds. */
  readonly duration: number | null;
}

/** A recording's callback also tells that it has begun, is empty or failed. Source: Twilio, voice/twiml/record */
export function isRecordingReady({ RecordingUrl, RecordingStatus = "completed" }: WebhookFields): boolean {
  return Boolean(RecordingUrl) && RecordingStatus === "completed";
}

/** What a recording is known by, whichever request names it: its SID, with which its address ends, too. */
export function recordingKey({ CallSid, RecordingSid, RecordingUrl = "" }: WebhookFields): string {
  const lastPart = RecordingUrl.split(/[?#]/)[0]?.split("/").at(-1)?.split(".")[0];
  return `${CallSid ?? "-"}:recording ${RecordingSid ?? lastPart ?? ""}`;
}
