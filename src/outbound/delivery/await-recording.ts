import type { Clock } from "../../domain/clock.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportRecording } from "../../inbound/report-recording.ts";
import type { RecordingSource } from "../ports.ts";
import type { DeliveryWait } from "./await-status.ts";
import type { MessageOrCall } from "./message-or-call.ts";

/**
 * The pauses in milliseconds before each look-up of a recording, after the end of its call. After the last look-up, the
 * app no longer waits for the recording.
 */
export const LOOK_FOR_RECORDING_MS: readonly number[] = [2_000, 3_000, 5_000, 5_000];

export interface AwaitRecordingOptions {
  /** Waits for the status of a delivery (one message or call), and for the input of the called person. */
  readonly inputWait: DeliveryWait;
  readonly source: RecordingSource;
  /** Fires the event of a recording unless Twilio's callback has reported it. */
  readonly reportRecording: ReportRecording;
  readonly lookAfterMs: readonly number[];
  readonly clock: Clock;
}

export interface RecordingWait extends DeliveryWait {
  /** Called when a webhook has reported the recording of a call. */
  recordingReported(callSid: string, recording: TalkRecording): void;
}

/**
 * Whether the automation gets the recording with the call's result. For that, it must wait for the end of the call,
 * because the recording is not complete before.
 */
export function awaitsRecording(request: MessageOrCall, waitFor: WaitFor): boolean {
  return request.command === "make_call" && request.record === true && waitFor === "completed";
}

/**
 * Waits until a delivery (one message or call) has the status that the automation waits for. After the end of a
 * recorded call, it also waits for the recording. `recording` is null in the result if Twilio has no recording in time.
 */
export function createRecordingWait(options: AwaitRecordingOptions): RecordingWait {
  const { inputWait, source, reportRecording, lookAfterMs, clock } = options;
  const waiting = new Map<string, (recording: TalkRecording) => void>();

  return {
    recordingReported: (callSid, recording) => waiting.get(callSid)?.(recording),
    async waitForStatus(sid, request, waitFor, signal, reference) {
      if (!awaitsRecording(request, waitFor))
        return await inputWait.waitForStatus(sid, request, waitFor, signal, reference);
      const reported = new AbortController();
      let recording: TalkRecording | null = null;
      waiting.set(sid, (found) => {
        recording = found;
        reported.abort();
      });
      try {
        const reached = await inputWait.waitForStatus(sid, request, waitFor, signal, reference);
        if (reached === null || reached.error !== null) return reached;
        const over = AbortSignal.any([signal, reported.signal]);
        return { ...reached, recording: (await lookFor(sid, reference, over)) ?? recording };
      } finally {
        waiting.delete(sid);
      }
    },
  };

  /** Looks up the recording. Null if `signal` aborts, or if Twilio has no recording. */
  async function lookFor(sid: string, reference: string, signal: AbortSignal): Promise<TalkRecording | null> {
    for (const ms of lookAfterMs) {
      if (signal.aborted) return null;
      await clock.wait(ms, signal);
      if (signal.aborted) return null;
      const found = await source.fetchRecording(sid);
      if (found === "none") return null;
      if (found === "not_ready") continue;
      await reportRecording(sid, reference, found);
      return found;
    }
    return null;
  }
}
