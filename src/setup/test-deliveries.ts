import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { StatusJournal } from "../outbound/ports.ts";
import type { CommandProgress, CommandProgressSource } from "./ports.ts";

export interface TestDelivery {
  readonly kind: "message" | "call";
  /** A contact or a number, as somebody typed it. */
  readonly to: string;
  readonly text: string;
}

/** How long a test is followed, in seconds: a message to its delivery, a call to its end. */
const TIMEOUTS = { message: 120, call: 240 };

/** The data of the `twilio_request` event with which an automation would ask for the same. */
export function testRequestData(requestId: string, { kind, to, text }: TestDelivery): EventData {
  return {
    request_id: requestId,
    timeout: TIMEOUTS[kind],
    ...(kind === "message"
      ? { command: "send_message", payload: { to, message: text, wait_for: "delivered" } }
      : { command: "make_call", payload: { to, say: text, wait_for: "completed" } }),
  };
}

export interface TestProgress {
  /** `heard`: it waits for Home Assistant; `unknown`: there is no such test, or not any more. */
  readonly stage: "heard" | "sending" | "under_way" | "done" | "failed" | "unknown";
  readonly to: string | null;
  /** Twilio's word, such as `queued`. */
  readonly status: string | null;
  readonly error: ReportedError | null;
}

/** How far the test is, of which `command` is what the journal has: null where it has nothing, which `otherwise` tells. */
export function testProgressOf(
  command: CommandProgress | null,
  statuses: Pick<StatusJournal, "of">,
  otherwise: "heard" | "sending" | "unknown",
): TestProgress {
  if (command === null) return { stage: otherwise, to: null, status: null, error: null };
  const { result, deliveries } = command;
  const [send] = deliveries;
  const to = send?.to ?? null;
  const sid = send?.sid ?? null;
  const status = sid === null ? null : (statuses.of(sid)?.status ?? null);
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

export interface TestDeliveriesOptions {
  /** Takes the data of a `twilio_request`; never rejects. */
  readonly request: (data: EventData) => Promise<unknown>;
  readonly commands: CommandProgressSource;
  readonly statuses: Pick<StatusJournal, "of">;
  /** Whether Home Assistant is away: until it runs nothing is taken. */
  readonly isAway: () => boolean;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
}

/** Sends tests and follows them. */
export interface TestDeliveries {
  /**
   * Asks for it as an automation does. `once` stands for the page that asks: the same from one page is sent once.
   * Returns the id under which it is known.
   */
  send(test: TestDelivery, once: string): string;
  progress(requestId: string): TestProgress;
}

/** Tests that somebody sends from the panel, and how far they are. */
export function createTestDeliveries(options: TestDeliveriesOptions): TestDeliveries {
  const { request, commands, statuses, isAway, hash, clock } = options;
  // Something may have been heard just before the app's last end.
  let heardAt = clock.now();

  return {
    send(test, once) {
      const { kind, to, text } = test;
      const requestId = `panel_${hash([once, kind, to, text].join("\n")).slice(0, 32)}`;
      heardAt = clock.now();
      void request(testRequestData(requestId, test));
      return requestId;
    },
    progress(requestId) {
      if (isAway()) heardAt = clock.now();
      const isLate = Math.abs(clock.now() - heardAt) > TAKEN_WITHIN_MS;
      const stage = isAway() ? "heard" : isLate ? "unknown" : "sending";
      return testProgressOf(commands.progressOf(requestId), statuses, stage);
    },
  };
}
