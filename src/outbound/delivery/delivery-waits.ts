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
  /** The pauses between two polls of a status, in milliseconds, which tests shorten. */
  readonly askStatusAfterMs?: readonly number[] | undefined;
  /** The pauses before the look-ups of a recording, in milliseconds, which tests shorten. */
  readonly lookForRecordingMs?: readonly number[] | undefined;
  readonly clock: Clock;
}

/**
 * Waits for the status, input and recording of deliveries (one message or call each). Its methods receive the news that
 * end these waits.
 */
export interface DeliveryWaits extends DeliveryWait {
  /** Called after a report about the status has been committed, even if the status was known before. */
  statusChanged(sid: string): void;
  /**
   * Called when the first step of a call (what the app says and asks) has a result. `reference`: the secret reference
   * of the call's delivery.
   */
  inputGathered(reference: string): void;
  /** Called after a webhook has been stored, because it may report the recording of a call. */
  webhookReceived(fields: WebhookFields): void;
}

/** Combines the waits for the status, the input and the recording of an accepted message or call. */
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
      const recording = recordingOfFields(fields);
      if (recording !== null) recordingWait.recordingReported(fields["CallSid"] ?? "", recording);
    },
  };
}
