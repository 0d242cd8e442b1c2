import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { StatusJournal } from "../outbound/ports.ts";
import type { CommandProgress, CommandProgressSource } from "./ports.ts";

export interface TestDelivery {
  readonly kind: "message" | "call";
  /** A contact or number, as it was typed. */
  readonly to: string;
  readonly text: string;
}

/** How long the app waits for the delivery of a message or the end of a call, in seconds. */
const TIMEOUTS = { message: 120, call: 240 };

/** The data of a `twilio_request` event that requests the test. */
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
  /** `pending`: the request waits for Home Assistant. `unknown`: there is no such test, or the request was never accepted. */
  readonly stage: "pending" | "sending" | "under_way" | "done" | "failed" | "unknown";
  readonly to: string | null;
  /** Twilio's word, such as `queued`. */
  readonly status: string | null;
  readonly error: ReportedError | null;
}

/**
 * The progress of a test.
 *
 * @param command the request in the journal; null if it is not there
 * @param stageWithoutCommand the stage if `command` is null
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
    // A status that came after the result of the request is newer.
    status: status ?? last ?? null,
    error: error ?? null,
  };
}

/** The fields of the `twilio_result` of a request with one recipient. */
interface ResultFields {
  readonly ok?: unknown;
  readonly to?: string;
  readonly status?: string | null;
  readonly error?: ReportedError | null;
}

/** How long accepting a request may take while Home Assistant runs, in milliseconds. */
const ACCEPT_WITHIN_MS = 30_000;

export interface TestDeliveriesOptions {
  /** Accepts the data of a `twilio_request`. Never rejects. */
  readonly request: (data: EventData) => Promise<unknown>;
  readonly commands: CommandProgressSource;
  readonly statuses: Pick<StatusJournal, "of">;
  /** Whether Home Assistant is not running. Until it runs, requests are only stored. */
  readonly isAway: () => boolean;
  readonly hash: (text: string) => string;
  readonly clock: Clock;
}

/** Sends tests and reports their progress. */
export interface TestDeliveries {
  /**
   * Requests a test like an automation. The same test with the same `idempotencyKey` is sent once.
   *
   * @returns the id of the request
   */
  send(test: TestDelivery, idempotencyKey: string): string;
  progress(requestId: string): TestProgress;
}

/** Makes the tests of the panel. */
export function createTestDeliveries(options: TestDeliveriesOptions): TestDeliveries {
  const { request, commands, statuses, isAway, hash, clock } = options;
  // A test may have been sent just before the app's last stop.
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
