import type { Clock } from "../../domain/clock.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportRecording } from "../../inbound/report-recording.ts";
import type { RecordingSource } from "../ports.ts";
import type { DeliveryWait } from "./await-status.ts";
import type { MessageOrCall } from "./message-or-call.ts";

/** After the end of a call: pauses, in milliseconds, before Twilio is asked for the recording. Then it is given up. */
export const LOOK_FOR_RECORDING_MS: readonly number[] = [2_000, 3_000, 5_000, 5_000];

export interface AwaitRecordingOptions {
  /** Waits for a status and for what is entered. */
  readonly inputWait: DeliveryWait;
  readonly source: RecordingSource;
  /** Tells Home Assistant of a recording that no callback has told of; once for each SID. */
  readonly reportRecording: ReportRecording;
  readonly lookAfterMs: readonly number[];
  readonly clock: Clock;
}

export interface RecordingWait extends DeliveryWait {
  /** Twilio has told of a call's recording. */
  recordingReported(callSid: string, recording: TalkRecording): void;
}

/** Whether a command's result tells of the recording: it is complete only after the call. */
export function awaitsRecording(request: MessageOrCall, waitFor: WaitFor): boolean {
  return request.command === "make_call" && request.record === true && waitFor === "completed";
}

/**
 * Waits for what becomes of a send and, where a call is recorded and its end is waited for, for its recording. That is
 * null where there is none, or Twilio does not have it in time.
 */
export function createRecordingWait(options: AwaitRecordingOptions): RecordingWait {
  const { inputWait, source, reportRecording, lookAfterMs, clock } = options;
  const waiting = new Map<string, (recording: TalkRecording) => void>();

  return {
    recordingReported: (callSid, recording) => waiting.get(callSid)?.(recording),
    async waitForStatus(sid, request, waitFor, signal, reference) {
      if (!awaitsRecording(request, waitFor))
        return await inputWait.waitForStatus(sid, request, waitFor, signal, reference);
      const told = new AbortController();
      let recording: TalkRecording | null = null;
      waiting.set(sid, (heard) => {
        recording = heard;
        told.abort();
      });
      try {
        const reached = await inputWait.waitForStatus(sid, request, waitFor, signal, reference);
        if (reached === null || reached.error !== null) return reached;
        const over = AbortSignal.any([signal, told.signal]);
        return { ...reached, recording: (await lookFor(sid, reference, over)) ?? recording };
      } finally {
        waiting.delete(sid);
      }
    },
  };

  /** Null once `signal` aborts, or where Twilio has none. */
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
