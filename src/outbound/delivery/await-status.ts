import type { StepResult } from "../../calls/step-result.ts";
import type { Clock } from "../../domain/clock.ts";
import { progressOf } from "../../domain/events/delivery-status.ts";
import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { StatusJournal, StatusSource } from "../ports.ts";
import type { MessageOrCall } from "./message-or-call.ts";

/** Callbacks tell it sooner; where none can reach the app this does, in milliseconds from one look to the next. */
export const ASK_AFTER_MS: readonly number[] = [3_000, 3_000, 5_000, 10_000, 15_000, 30_000];

export interface AwaitStatusOptions {
  readonly statuses: StatusJournal;
  /** Asked where no callback tells. */
  readonly source: StatusSource;
  readonly askAfterMs: readonly number[];
  readonly clock: Clock;
}

/** How it ended, and with what fault: null where what was waited for has come. */
export interface ReachedStatus {
  readonly status: DeliveryStatus;
  readonly error: ReportedError | null;
  /** What was entered on a call that asked for something. */
  readonly gatheredInput?: StepResult;
  /** Of a call whose recording was waited for; null where there is none. */
  readonly recording?: TalkRecording | null;
}

/** Waits for what becomes of a message or call that Twilio has. */
export interface DeliveryWait {
  /**
   * Waits until it has got as far as `waitFor` says, or never will; null where `signal` aborts first. `reference`: the
   * delivery's own.
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
  /** Something has got on. */
  statusChanged(sid: string): void;
}

/** Waits for statuses: callbacks bring them, and Twilio is asked where none comes. */
export function createStatusWait({ statuses, source, askAfterMs, clock }: AwaitStatusOptions): StatusWait {
  const waiting = new Map<string, Set<() => void>>();

  function ended(sid: string, request: MessageOrCall, waitFor: WaitFor): ReachedStatus | null {
    const status = statuses.of(sid);
    if (status === null) return null;
    const progress = progressOf(status, waitFor, request);
    if (progress.kind === "waiting") return null;
    return { status, error: progress.kind === "failed" ? progress.error : null };
  }

  /** Resolves to whether the time passed without news. */
  async function quietFor(ms: number, sid: string, signal: AbortSignal): Promise<boolean> {
    const news = new AbortController();
    const hear = (): void => news.abort();
    const hearers = waiting.get(sid) ?? new Set();
    waiting.set(sid, hearers.add(hear));
    await clock.wait(ms, AbortSignal.any([news.signal, signal]));
    hearers.delete(hear);
    if (hearers.size === 0) waiting.delete(sid);
    return !news.signal.aborted;
  }

  return {
    statusChanged(sid) {
      for (const hear of waiting.get(sid) ?? []) hear();
    },
    async waitForStatus(sid, request, waitFor, signal) {
      for (let looks = 0; !signal.aborted;) {
        const end = ended(sid, request, waitFor);
        if (end !== null) return end;
        const ms = askAfterMs[Math.min(looks, askAfterMs.length - 1)] ?? 0;
        const wasQuiet = await quietFor(ms, sid, signal);
        if (signal.aborted) return null;
        // After news the next is near.
        looks = wasQuiet ? looks + 1 : 0;
        if (!wasQuiet) continue;
        const status = await source.statusOf(sid, request);
        // That it cannot be stored holds nothing up: it is asked for again.
        if (status !== null) await statuses.save(sid, status, clock.now()).catch(() => undefined);
      }
      return null;
    },
  };
}
