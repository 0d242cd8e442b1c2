import { recordingOf } from "../calls/step-result.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { Store } from "../journal/journal.ts";
import { createEntryWait } from "../outbound/delivery/await-input.ts";
import { createRecordingWait, LOOK_FOR_RECORDING_MS } from "../outbound/delivery/await-recording.ts";
import type { AwaitRecordingOptions } from "../outbound/delivery/await-recording.ts";
import { ASK_AFTER_MS, createStatusWait } from "../outbound/delivery/await-status.ts";
import type { createAccountLists } from "../twilio/account/lists.ts";
import { createRecordingFetcher } from "../twilio/media/fetch-recording.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";

export interface WaitParts {
  readonly store: Pick<Store, "statuses" | "talks">;
  readonly account: Pick<ReturnType<typeof createAccountLists>, "statusOf">;
  readonly api: () => Promise<TwilioApi>;
  readonly reportRecording: AwaitRecordingOptions["reportRecording"];
  readonly timings: {
    readonly askStatusAfterMs?: readonly number[];
    readonly lookForRecordingMs?: readonly number[];
  };
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

/** Joins all that an accepted message or call can be waited for: its status, what is entered, its recording. */
export function openWaits({ store, account, api, reportRecording, timings, wait, now }: WaitParts) {
  const status = createStatusWait({
    latest: store.statuses.of,
    ask: account.statusOf,
    note: store.statuses.note,
    askAfterMs: timings.askStatusAfterMs ?? ASK_AFTER_MS,
    wait,
    now,
  });
  const entry = createEntryWait({
    until: status.until,
    latest: store.statuses.of,
    entryOf: store.talks.entryOf,
    wasOpened: store.talks.wasOpened,
  });
  const recording = createRecordingWait({
    until: entry.until,
    fetchRecording: createRecordingFetcher(api),
    reportRecording,
    lookAfterMs: timings.lookForRecordingMs ?? LOOK_FOR_RECORDING_MS,
    wait,
  });
  return {
    until: recording.until,
    tellStatus: status.tell,
    tellEntered: entry.tell,
    /** A webhook is on disk: it may name the recording of a call. */
    tellWebhook(fields: WebhookFields): void {
      const told = recordingOf(fields);
      if (told !== null) recording.tell(fields["CallSid"] ?? "", told);
    },
  };
}
