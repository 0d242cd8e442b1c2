import { recordingOfFields } from "../../calls/step-result.ts";
import type { Clock } from "../../domain/clock.ts";
import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { ReportRecording } from "../../inbound/report-recording.ts";
import type { FirstStepJournal, RecordingSource, StatusJournal, StatusSource } from "../ports.ts";
import { createInputWait } from "./await-input.ts";
import { createRecordingWait, LOOK_FOR_RECORDING_MS } from "./await-recording.ts";
import { ASK_AFTER_MS, createStatusWait } from "./await-status.ts";
import type { DeliveryWait } from "./await-status.ts";

export interface DeliveryWaitsOptions {
  readonly statuses: StatusJournal;
  readonly firstSteps: FirstStepJournal;
  readonly twilio: StatusSource & RecordingSource;
  readonly reportRecording: ReportRecording;
  /** Shortened by tests. */
  readonly askStatusAfterMs?: readonly number[] | undefined;
  /** Shortened by tests. */
  readonly lookForRecordingMs?: readonly number[] | undefined;
  readonly clock: Clock;
}

/** What waits for news of a message or call that Twilio has, and what brings it the news. */
export interface DeliveryWaits extends DeliveryWait {
  /** A message or call has got on. */
  statusChanged(sid: string): void;
  /** Something was entered on the call of ours with that reference. */
  inputGathered(reference: string): void;
  /** A webhook is on disk: it may name the recording of a call. */
  webhookReceived(fields: WebhookFields): void;
}

/** Joins all that an accepted message or call can be waited for: its status, what is entered, its recording. */
export function createDeliveryWaits(options: DeliveryWaitsOptions): DeliveryWaits {
  const { statuses, firstSteps, twilio, reportRecording, clock } = options;
  const statusWait = createStatusWait({
    statuses,
    source: twilio,
    askAfterMs: options.askStatusAfterMs ?? ASK_AFTER_MS,
    clock,
  });
  const inputWait = createInputWait({ statusWait, statuses, firstSteps });
  const recordingWait = createRecordingWait({
    inputWait,
    source: twilio,
    reportRecording,
    lookAfterMs: options.lookForRecordingMs ?? LOOK_FOR_RECORDING_MS,
    clock,
  });
  return {
    waitForStatus: recordingWait.waitForStatus,
    statusChanged: statusWait.statusChanged,
    inputGathered: inputWait.inputGathered,
    webhookReceived(fields) {
      const told = recordingOfFields(fields);
      if (told !== null) recordingWait.recordingReported(fields["CallSid"] ?? "", told);
    },
  };
}
