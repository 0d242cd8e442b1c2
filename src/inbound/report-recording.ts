import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import { inboundEvents } from "../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import { recordingKey } from "../domain/events/recording.ts";
import type { RecognizeContact } from "./contact-recognition.ts";
import type { RecordedCalls, WebhookStore } from "./ports.ts";

export interface RecordingReportOptions {
  readonly webhookId: string;
  readonly recognize: RecognizeContact;
  readonly store: WebhookStore;
  readonly calls: RecordedCalls;
  /** Called after the event of a recording has been stored for Home Assistant. */
  readonly onEventSaved: () => void;
  readonly clock: Clock;
  readonly chance: Chance;
}

/**
 * Reports a recording of a call to Home Assistant. `reference`: the secret reference of the call's delivery, by which
 * the journal finds the numbers of the call.
 */
export type ReportRecording = (callSid: string, reference: string, recording: TalkRecording) => Promise<void>;

/**
 * Creates a function that fires `twilio_recording` for a recording that the app looked up at Twilio. If Twilio's
 * callback has already reported the recording, no event is fired.
 */
export function createRecordingReport(options: RecordingReportOptions): ReportRecording {
  const { webhookId, recognize, store, calls, onEventSaved, clock, chance } = options;

  return async function reportRecording(callSid, reference, { sid, url, duration }) {
    const receivedAt = new Date(clock.now());
    const fields = {
      CallSid: callSid,
      RecordingUrl: url,
      ...(sid === null ? {} : { RecordingSid: sid }),
      ...(duration === null ? {} : { RecordingDuration: String(duration) }),
    };
    const context = { webhookId, recognize, eventId: chance.uuid(), receivedAt, requestId: null };
    await store.saveWebhook({
      // This key differs from that of Twilio's callback about the recording. But the event has the same idempotency key
      // in both cases, so the journal stores it only once.
      key: {
        sid: callSid,
        key: `${recordingKey(fields)} looked up`,
        identicalWebhook: null,
        signature: null,
      },
      events: inboundEvents(
        fields,
        { kind: "recording", route: "recording" },
        { ...context, parties: calls.partiesOf(reference) },
      ),
      receivedAt: receivedAt.getTime(),
      initialState: "pending",
      isBackfill: false,
      stale: false,
      status: null,
    });
    onEventSaved();
  };
}
