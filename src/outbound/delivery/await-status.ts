import type { StepResult } from "../../calls/step-result.ts";
import type { Clock } from "../../domain/clock.ts";
import { progressOf } from "../../domain/events/delivery-status.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { StatusJournal, StatusSource } from "../ports.ts";
import type { MessageOrCall } from "./message-or-call.ts";

/**
 * The pauses in milliseconds before the app polls a status at Twilio. The app polls because status callbacks may not
 * reach it.
 */
export const ASK_AFTER_MS: readonly number[] = [3_000, 3_000, 5_000, 10_000, 15_000, 30_000];

export interface AwaitStatusOptions {
  readonly statuses: StatusJournal;
  /** Twilio, which is polled for the status while no status callback comes. */
  readonly source: StatusSource;
  readonly askAfterMs: readonly number[];
  readonly clock: Clock;
}

/**
 * The status of a delivery at the end of the wait. `error` is null if it is the status that the automation waits for.
 */
export interface ReachedStatus {
  readonly status: DeliveryStatus;
  readonly error: ReportedError | null;
  /** The result of the first step (what the app says and asks), if the call has one. */
  readonly gatheredInput?: StepResult;
  /** The recording, if the automation waits for one; null if Twilio has none. */
  readonly recording?: TalkRecording | null;
}

/** Waits for the status of a message or call that Twilio has accepted. */
export interface DeliveryWait {
  /**
   * Waits until the delivery (one message or call) has the status `waitFor`, or can no longer get it. Null if `signal`
   * aborts first.
   *
   * @param reference the delivery's secret reference
   */
  waitForStatus(
    sid: string,
    request: MessageOrCall,
    waitFor: WaitFor,
    signal: AbortSignal,
    reference: string,
  ): Promise<ReachedStatus | null>;
}

export interface StatusWait extends DeliveryWait {
  /** Called after a report about the status has been committed, even if the status was known before. */
  statusChanged(sid: string): void;
}

/** Waits for statuses from status callbacks. While no callback comes, it polls the status at Twilio. */
export function createStatusWait({ statuses, source, askAfterMs, clock }: AwaitStatusOptions): StatusWait {
  const waiting = new Map<string, Set<() => void>>();

  function ended(sid: string, request: MessageOrCall, waitFor: WaitFor): ReachedStatus | null {
    const status = statuses.of(sid);
    if (status === null) return null;
    const progress = progressOf(status, waitFor, request);
    if (progress.kind === "waiting") return null;
    return { status, error: progress.kind === "failed" ? progress.error : null };
  }

  /** Waits for a report about the status, for `ms` milliseconds at most. Resolves with true if no report came. */
  async function quietFor(ms: number, sid: string, signal: AbortSignal): Promise<boolean> {
    const news = new AbortController();
    const notify = (): void => news.abort();
    const listeners = waiting.get(sid) ?? new Set();
    waiting.set(sid, listeners.add(notify));
    await clock.wait(ms, AbortSignal.any([news.signal, signal]));
    listeners.delete(notify);
    if (listeners.size === 0) waiting.delete(sid);
    return !news.signal.aborted;
  }

  return {
    statusChanged(sid) {
      for (const notify of waiting.get(sid) ?? []) notify();
    },
    async waitForStatus(sid, request, waitFor, signal) {
      for (let polls = 0; !signal.aborted;) {
        const end = ended(sid, request, waitFor);
        if (end !== null) return end;
        const ms = askAfterMs[Math.min(polls, askAfterMs.length - 1)] ?? 0;
        const wasQuiet = await quietFor(ms, sid, signal);
        if (signal.aborted) return null;
        // After a report, the next one probably comes soon, so start again with short pauses.
        polls = wasQuiet ? polls + 1 : 0;
        if (!wasQuiet) continue;
        const status = await source.statusOf(sid, request);
        // If the journal cannot store the status, the app polls it again later.
        if (status !== null) await statuses.save(sid, status, clock.now()).catch(() => undefined);
      }
      return null;
    },
  };
}
