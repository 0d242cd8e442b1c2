import type { WebhookFields } from "./webhook.ts";

export interface TalkRecording {
  readonly sid: string | null;
  readonly url: string;
  /** The length of the recording in seconds. */
  readonly duration: number | null;
}

/**
 * Whether a webhook reports a recording that can be fetched. Recording callbacks also report a start, an absence or a
 * failure. Source: voice/twiml/record
 */
export function isRecordingReady({ RecordingUrl, RecordingStatus = "completed" }: WebhookFields): boolean {
  return Boolean(RecordingUrl) && RecordingStatus === "completed";
}

/**
 * Makes the idempotency key of a recording from its SID or, if Twilio omits the SID, from the end of its URL. All
 * webhooks that name the recording get the same key.
 */
export function recordingKey({ CallSid, RecordingSid, RecordingUrl = "" }: WebhookFields): string {
  const lastPart = RecordingUrl.split(/[?#]/)[0]?.split("/").at(-1)?.split(".")[0];
  return `${CallSid ?? "-"}:recording ${RecordingSid ?? lastPart ?? ""}`;
}
