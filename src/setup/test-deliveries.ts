import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { StatusJournal } from "../outbound/ports.ts";
import type { CommandProgress, CommandProgressSource } from "./ports.ts";

export interface TestDelivery {
  readonly kind: "message" | "call";
  /** The recipient as the user typed it: the name of a contact, or a number. */
  readonly to: string;
  readonly text: string;
}

/** How long a test waits until its message is delivered or its call has ended, in seconds. */
const TIMEOUTS = { message: 120, call: 240 };

/** The data of the `twilio_request` event that sends a test message or makes a test call. */
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
  /**
   * How far the test has come. `pending`: its request waits for Home Assistant. `unknown`: no test has this ID, or the
   * app did not accept the request.
   */
  readonly stage: "pending" | "sending" | "under_way" | "done" | "failed" | "unknown";
  readonly to: string | null;
  /** The latest status in Twilio's words, such as `queued`. */
  readonly status: string | null;
  readonly error: ReportedError | null;
}

/**
 * Says how far a test has come.
 *
 * @param command the test's request in the journal (the app's database); null if the journal does not have it
 * @param stageWithoutCommand the result if `command` is null
 */
export function testProgressOf(
  command: CommandProgress | null,
  statuses: Pick<StatusJournal, "of">,
  stageWithoutCommand: "pending" | "sending" | "unknown",
): TestProgress {
  if (command === null) return { stage: stageWithoutCommand, to: null, status: null, error: null };
  const { result, deliveries } = command;
  const [delivery] = deliveries;
  const to = delivery?.to ?? null;
  const sid = delivery?.sid ?? null;
  const status = sid === null ? null : (statuses.of(sid)?.status ?? null);
  if (result === null) return { stage: sid === null ? "sending" : "under_way", to, status, error: null };
  const { ok, error, status: last, to: asked } = result as ResultFields;
  return {
    stage: ok === true ? "done" : "failed",
    to: to ?? asked ?? null,
    // `status` is the latest status in the journal. It may be newer than `last`, the status in the result.
    status: status ?? last ?? null,
    error: error ?? null,
  };
}

/** The fields of `twilio_result` for a request with one recipient. */
interface ResultFields {
  readonly ok?: unknown;
  readonly to?: string;
  readonly status?: string | null;
  readonly error?: ReportedError | null;
}

/** While Home Assistant runs, the app accepts a request within this time, in milliseconds. */
const ACCEPT_WITHIN_MS = 30_000;

export interface TestDeliveriesOptions {
  /** Accepts the data of a `twilio_request`. Never rejects. */
  readonly request: (data: EventData) => Promise<unknown>;
  readonly commands: CommandProgressSource;
  readonly statuses: Pick<StatusJournal, "of">;
  /** Whether Home Assistant does not run. The app only stores requests then. */
  readonly isAway: () => boolean;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
}

/** Sends test messages and calls for the panel, and says how far they have come. */
export interface TestDeliveries {
  /**
   * Requests a test as an automation would. A second call with the same test and the same `idempotencyKey` sends
   * nothing.
   *
   * @returns the ID of the request
   */
  send(test: TestDelivery, idempotencyKey: string): string;
  progress(requestId: string): TestProgress;
}

/** Creates the part of the app that sends the panel's tests. */
export function createTestDeliveries(options: TestDeliveriesOptions): TestDeliveries {
  const { request, commands, statuses, isAway, hash, clock } = options;
  // A test may have been requested just before the app's last stop. So the time for its acceptance begins again at the
  // start of the app.
  let lastPendingAt = clock.now();

  return {
    send(test, idempotencyKey) {
      const { kind, to, text } = test;
      const requestId = `panel_${hash([idempotencyKey, kind, to, text].join("\n")).slice(0, 32)}`;
      lastPendingAt = clock.now();
      void request(testRequestData(requestId, test));
      return requestId;
    },
    progress(requestId) {
      if (isAway()) lastPendingAt = clock.now();
      const isTooOld = Math.abs(clock.now() - lastPendingAt) > ACCEPT_WITHIN_MS;
      const stage = isAway() ? "pending" : isTooOld ? "unknown" : "sending";
      return testProgressOf(commands.progressOf(requestId), statuses, stage);
    },
  };
}
