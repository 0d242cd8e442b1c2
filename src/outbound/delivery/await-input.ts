import { NOTHING_ENTERED, talkError } from "../../calls/step-result.ts";
import type { TalkEntry } from "../../calls/step-result.ts";
import type { SendStatus } from "../../domain/events/send-status.ts";
import type { WaitFor } from "../../domain/events/send-status.ts";
import type { ReachedStatus } from "./await-status.ts";
import { hasOpening } from "./send-request.ts";
import type { SendRequest } from "./send-request.ts";

export interface AwaitEntryOptions {
  /** Waits for a status; null where `signal` aborts first. */
  readonly until: (
    sid: string,
    request: SendRequest,
    waitFor: WaitFor,
    signal: AbortSignal,
  ) => Promise<ReachedStatus | null>;
  readonly latest: (sid: string) => SendStatus | null;
  /** What was entered on a call of ours at its beginning; null as long as nothing was. */
  readonly entryOf: (reference: string) => TalkEntry | null;
  /** Whether Twilio was told what the call begins with. */
  readonly wasOpened: (reference: string) => boolean;
}

/** Waits for what becomes of a send and, where a call asks for something, for what is entered. */
export function createEntryWait({ until, latest, entryOf, wasOpened }: AwaitEntryOptions) {
  const waiting = new Map<string, () => void>();

  return {
    /** Something was entered on the call with that reference. */
    tell: (reference: string): void => waiting.get(reference)?.(),
    /** As `until`; a call that asks is waited for until it has an answer, or is over. */
    async until(
      sid: string,
      request: SendRequest,
      waitFor: WaitFor,
      signal: AbortSignal,
      reference: string,
    ): Promise<ReachedStatus | null> {
      if (!hasOpening(request)) return await until(sid, request, waitFor, signal);
      const entered = new AbortController();
      waiting.set(reference, () => entered.abort());
      if (entryOf(reference) !== null) entered.abort();
      try {
        const over = await until(sid, request, "completed", AbortSignal.any([signal, entered.signal]));
        const entry = entryOf(reference);
        if (entry !== null) return withEntry(entry);
        if (over === null || over.error !== null) return over;
        return wasOpened(reference)
          ? { ...over, entry: { ...NOTHING_ENTERED, ended: "caller" } }
          : { ...over, entry: { ...NOTHING_ENTERED, ended: "error" }, error: talkError("not_asked") };
      } finally {
        waiting.delete(reference);
      }

      function withEntry({ answer, error }: TalkEntry): ReachedStatus {
        const answered = { status: "in-progress", error: null, answeredBy: null, duration: null };
        return { status: latest(sid) ?? answered, error, entry: answer };
      }
    },
  };
}
