import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import { inboundEvents } from "../domain/events/event.ts";
import type { CallParties } from "../domain/events/event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import { recordingKey } from "../domain/events/recording.ts";
import type { ReceiveWebhooksOptions } from "./receive-webhook.ts";

export interface ReportRecordingOptions {
  readonly webhookId: string;
  readonly contactOf: (address: string) => string | null;
  readonly partiesOf: (reference: string) => CallParties | null;
  readonly saveWebhook: ReceiveWebhooksOptions["saveWebhook"];
  /** Called after an event was kept for Home Assistant. */
  readonly onEventSaved: () => void;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Fires `twilio_recording` for a recording that was looked up, unless Twilio's callback has told of it. */
export function createRecordingReport(options: ReportRecordingOptions) {
  const { webhookId, contactOf, partiesOf, saveWebhook, onEventSaved, clock, chance } = options;

  return async function reportRecording(
    callSid: string,
    reference: string,
    { sid, url, duration }: TalkRecording,
  ): Promise<void> {
    const receivedAt = new Date(clock.now());
    const fields = {
      CallSid: callSid,
      RecordingUrl: url,
      ...(sid === null ? {} : { RecordingSid: sid }),
      ...(duration === null ? {} : { RecordingDuration: String(duration) }),
    };
    const context = { webhookId, contactOf, eventId: chance.uuid(), receivedAt, requestId: null };
    await saveWebhook({
      // The event has a key of its own, which it shares with the one that Twilio's callback becomes.
      key: {
        sid: callSid,
        key: `${recordingKey(fields)} looked up`,
        identicalWebhook: null,
        signature: null,
      },
      events: inboundEvents(
        fields,
        { kind: "recording", route: "recording" },
        { ...context, parties: partiesOf(reference) },
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
