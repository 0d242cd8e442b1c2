import type { WebhookFields } from "./webhook.ts";

export interface TalkRecording {
  readonly sid: string | null;
  readonly url: string;
  /** Seconds. */
  readonly duration: number | null;
}

/** Whether a recording can be fetched. Callbacks also report its start, absence or failure. Source: voice/twiml/record */
export function isRecordingReady({ RecordingUrl, RecordingStatus = "completed" }: WebhookFields): boolean {
  return Boolean(RecordingUrl) && RecordingStatus === "completed";
}

/**
 * The idempotency key of a recording, equal in every webhook that names it: the recording's SID, or the end of its URL.
 */
export function recordingKey({ CallSid, RecordingSid, RecordingUrl = "" }: WebhookFields): string {
  const lastPart = RecordingUrl.split(/[?#]/)[0]?.split("/").at(-1)?.split(".")[0];
  return `${CallSid ?? "-"}:recording ${RecordingSid ?? lastPart ?? ""}`;
}
