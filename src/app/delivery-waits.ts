import { recordingOfFields } from "../calls/step-result.ts";
import type { Clock } from "../domain/clock.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { Journal } from "../journal/journal.ts";
import { createInputWait } from "../outbound/delivery/await-input.ts";
import { createRecordingWait, LOOK_FOR_RECORDING_MS } from "../outbound/delivery/await-recording.ts";
import type { AwaitRecordingOptions } from "../outbound/delivery/await-recording.ts";
import { ASK_AFTER_MS, createStatusWait } from "../outbound/delivery/await-status.ts";
import type { createAccountLists } from "../twilio/account/lists.ts";
import { createRecordingFetcher } from "../twilio/media/fetch-recording.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";

export type DeliveryWaits = ReturnType<typeof openDeliveryWaits>;

export interface DeliveryWaitDependencies {
  readonly journal: Pick<Journal, "statuses" | "talks">;
  readonly account: Pick<ReturnType<typeof createAccountLists>, "statusOf">;
  readonly api: () => Promise<TwilioApi>;
  readonly reportRecording: AwaitRecordingOptions["reportRecording"];
  readonly timings: {
    readonly askStatusAfterMs?: readonly number[];
    readonly lookForRecordingMs?: readonly number[];
  };
  readonly clock: Clock;
}

/** Joins all that an accepted message or call can be waited for: its status, what is entered, its recording. */
export function openDeliveryWaits({
  journal,
  account,
  api,
  reportRecording,
  timings,
  clock,
}: DeliveryWaitDependencies) {
  const status = createStatusWait({
    latest: journal.statuses.of,
    ask: account.statusOf,
    saveStatus: journal.statuses.save,
    askAfterMs: timings.askStatusAfterMs ?? ASK_AFTER_MS,
    clock,
  });
  const entry = createInputWait({
    waitForStatus: status.waitForStatus,
    latest: journal.statuses.of,
    gatheredInputOf: journal.talks.gatheredInputOf,
    wasFirstStepSent: journal.talks.wasFirstStepSent,
  });
  const recording = createRecordingWait({
    waitForStatus: entry.waitForStatus,
    fetchRecording: createRecordingFetcher(api),
    reportRecording,
    lookAfterMs: timings.lookForRecordingMs ?? LOOK_FOR_RECORDING_MS,
    clock,
  });
  return {
    waitForStatus: recording.waitForStatus,
    statusChanged: status.statusChanged,
    inputGathered: entry.inputGathered,
    /** A webhook is on disk: it may name the recording of a call. */
    webhookReceived(fields: WebhookFields): void {
      const told = recordingOfFields(fields);
      if (told !== null) recording.recordingReported(fields["CallSid"] ?? "", told);
    },
  };
}
