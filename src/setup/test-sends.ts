import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/event.ts";
import type { SendStatus } from "../domain/events/send-status.ts";
import type { ReportedError } from "../domain/reported-error.ts";

export interface TestSend {
  readonly kind: "message" | "call";
  /** A contact or a number, as somebody typed it. */
  readonly to: string;
  readonly text: string;
}

/** How long a test is followed, in seconds: a message to its delivery, a call to its end. */
const TIMEOUTS = { message: 120, call: 240 };

/** The data of the `twilio_request` event with which an automation would ask for the same. */
export function testRequestData(requestId: string, { kind, to, text }: TestSend): EventData {
  return {
    request_id: requestId,
    timeout: TIMEOUTS[kind],
    ...(kind === "message"
      ? { command: "send_message", payload: { to, message: text, wait_for: "delivered" } }
      : { command: "make_call", payload: { to, say: text, wait_for: "completed" } }),
  };
}

export interface CommandProgress {
  /** As `twilio_result` has it; null while it runs. */
  readonly result: EventData | null;
  readonly deliveries: readonly {
    readonly to: string | null;
    readonly state: "waiting" | "posting" | "done";
    readonly sid: string | null;
  }[];
}

export interface TestProgress {
  /** `heard`: it waits for Home Assistant; `unknown`: there is no such test, or not any more. */
  readonly stage: "heard" | "sending" | "under_way" | "done" | "failed" | "unknown";
  readonly to: string | null;
  readonly status: string | null;
  readonly error: ReportedError | null;
}

/** How far the test is, of which `command` is what the journal has: null where it has nothing, which `otherwise` tells. */
export function testProgressOf(
  command: CommandProgress | null,
  latest: (sid: string) => SendStatus | null,
  otherwise: "heard" | "sending" | "unknown",
): TestProgress {
  if (command === null) return { stage: otherwise, to: null, status: null, error: null };
  const { result, deliveries } = command;
  const [send] = deliveries;
  const to = send?.to ?? null;
  const sid = send?.sid ?? null;
  const status = sid === null ? null : (latest(sid)?.status ?? null);
  if (result === null) return { stage: sid === null ? "sending" : "under_way", to, status, error: null };
  const { ok, error, status: last, to: asked } = result as ResultFields;
  return {
    stage: ok === true ? "done" : "failed",
    to: to ?? asked ?? null,
    // What is told later than the result, such as by a late callback, is more.
    status: status ?? last ?? null,
    error: error ?? null,
  };
}

/** Of a result with one recipient. */
interface ResultFields {
  readonly ok?: unknown;
  readonly to?: string;
  readonly status?: string | null;
  readonly error?: ReportedError | null;
}

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
  readonly clock: Clock;
}

/** Tests that somebody sends from the panel, and how far they are. */
export function createTestSends({ request, progressOf, latest, isAway, hash, clock }: TestSendsOptions) {
  // Something may have been heard just before the app's last end.
  let heardAt = clock.now();

  return {
    /** Returns the id under which it is known. `once` stands for a page: the same from one page is sent once. */
    send(test: TestSend, once: string): string {
      const { kind, to, text } = test;
      const requestId = `panel_${hash([once, kind, to, text].join("\n")).slice(0, 32)}`;
      heardAt = clock.now();
      request(testRequestData(requestId, test));
      return requestId;
    },
    progress(requestId: string): TestProgress {
      if (isAway()) heardAt = clock.now();
      const isLate = Math.abs(clock.now() - heardAt) > TAKEN_WITHIN_MS;
      const stage = isAway() ? "heard" : isLate ? "unknown" : "sending";
      return testProgressOf(progressOf(requestId), latest, stage);
    },
  };
}
