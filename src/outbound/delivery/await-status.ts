import type { StepResult } from "../../calls/step-result.ts";
import type { Clock } from "../../domain/clock.ts";
import { progressOf } from "../../domain/events/delivery-status.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { StatusJournal, StatusSource } from "../ports.ts";
import type { MessageOrCall } from "./message-or-call.ts";

/** Pauses in milliseconds between two polls of the status, for an app that no status callback can reach. */
export const ASK_AFTER_MS: readonly number[] = [3_000, 3_000, 5_000, 10_000, 15_000, 30_000];

export interface AwaitStatusOptions {
  readonly statuses: StatusJournal;
  /** Asked for the status again and again, if no status callback comes. */
  readonly source: StatusSource;
  readonly askAfterMs: readonly number[];
  readonly clock: Clock;
}

/** The status at the end of the wait; `error` is null if it is the requested one. */
export interface ReachedStatus {
  readonly status: DeliveryStatus;
  readonly error: ReportedError | null;
  /** The input on a call with a first step. */
  readonly gatheredInput?: StepResult;
  /** The recording, if it was waited for; null if there is none. */
  readonly recording?: TalkRecording | null;
}

/** Waits for the status of a message or call that Twilio has accepted. */
export interface DeliveryWait {
  /**
   * Waits until the delivery has the status `waitFor`, or can no longer reach it. Null if `signal` aborts first.
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
  /** Called after a status change has been committed. */
  statusChanged(sid: string): void;
}

/** Waits for statuses from status callbacks, and polls Twilio if none comes. */
export function createStatusWait({ statuses, source, askAfterMs, clock }: AwaitStatusOptions): StatusWait {
  const waiting = new Map<string, Set<() => void>>();

  function ended(sid: string, request: MessageOrCall, waitFor: WaitFor): ReachedStatus | null {
    const status = statuses.of(sid);
    if (status === null) return null;
    const progress = progressOf(status, waitFor, request);
    if (progress.kind === "waiting") return null;
    return { status, error: progress.kind === "failed" ? progress.error : null };
  }

  /** Waits for a status change. Resolves to true if none came in `ms`. */
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
        // After a change, the next one is likely to come soon, so poll often again.
        polls = wasQuiet ? polls + 1 : 0;
        if (!wasQuiet) continue;
        const status = await source.statusOf(sid, request);
        // If the status cannot be stored, it is polled again later.
        if (status !== null) await statuses.save(sid, status, clock.now()).catch(() => undefined);
      }
      return null;
    },
  };
}
