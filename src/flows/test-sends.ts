import type { EventData } from "../domain/inbound-event.ts";
import type { SendStatus } from "../domain/send-status.ts";
import { testProgress, testRequest } from "./test-send.ts";
import type { CommandProgress, TestProgress, TestSend } from "./test-send.ts";

/** So long, in milliseconds, taking a request may last while Home Assistant runs. */
const TAKEN_WITHIN_MS = 30_000;

export interface TestSendsOptions {
  readonly request: (data: EventData) => void;
  /** What the journal has of a request; null for an id that it does not know. */
  readonly progressOf: (requestId: string) => CommandProgress | null;
  readonly latest: (sid: string) => SendStatus | null;
  /** Whether Home Assistant is away: until it runs nothing is taken. */
  readonly isAway: () => boolean;
  readonly hash: (text: string) => string;
  readonly now: () => number;
}

/** Tests that somebody sends from the panel, and how far they are. */
export function createTestSends({ request, progressOf, latest, isAway, hash, now }: TestSendsOptions) {
  // Something may have been heard just before the app's last end.
  let heardAt = now();

  return {
    /** Returns the id under which it is known. `once` stands for a page: the same from one page is sent once. */
    send(test: TestSend, once: string): string {
      const { kind, to, text } = test;
      const requestId = `panel_${hash([once, kind, to, text].join("\n")).slice(0, 32)}`;
      heardAt = now();
      request(testRequest(requestId, test));
      return requestId;
    },
    progress(requestId: string): TestProgress {
      if (isAway()) heardAt = now();
      const isLate = Math.abs(now() - heardAt) > TAKEN_WITHIN_MS;
      const stage = isAway() ? "heard" : isLate ? "unknown" : "sending";
      return testProgress(progressOf(requestId), latest, stage);
    },
  };
}
