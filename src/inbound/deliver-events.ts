import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isFresh } from "./logged-event.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventBus, EventQueue, FireOutcome } from "./ports.ts";

/**
 * Core disconnects a client with too many pending messages, and other clients that listen to the same events. So at most
 * 4 × 64 events are being fired at the same time.
 */
const EVENTS_PER_FRAME = 64;
const MAX_FRAMES = 4;

/** The pause before events that did not reach Home Assistant are fired again, in milliseconds. */
const RETRY_MS = 1_000;

type NotFired = Exclude<FireOutcome, { readonly kind: "fired" }>;

export interface EventDeliveryOptions {
  /** Its changes reject only if the app stops. */
  readonly queue: EventQueue;
  readonly homeAssistant: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface EventDelivery {
  /** Makes the delivery read the log, because events may be waiting. May be called at any time and any number of times. */
  wake(): void;
  /** Resolves when no event is being fired. */
  settled(): Promise<void>;
}

/**
 * Fires the events that wait in the log in Home Assistant, in order. An event counts as delivered only after Home
 * Assistant's answer.
 */
export function createEventDelivery(
  { queue, homeAssistant, clock, logger }: EventDeliveryOptions,
  stopping: AbortSignal,
): EventDelivery {
  /** Batches of events that are being fired. */
  const frames = new Set<Promise<void>>();
  /** Outcomes that are being written to disk. */
  const records = new Set<Promise<void>>();
  let running: Promise<void> | null = null;
  /** Set by `wake()`: makes the loop read the log again, so that an event appended while a round ends is not left. */
  let isAwake = false;
  /** Whether an event must be fired again, before any newer one. */
  let hasFailed = false;
  /** The logged reason why Home Assistant accepts no events. */
  let forbidden: string | null = null;

  async function deliverAll(): Promise<void> {
    while (isAwake) {
      isAwake = false;
      await deliverWaiting();
      if (!hasFailed) continue;
      await Promise.all(frames);
      await Promise.all(records);
      hasFailed = false;
      isAwake = true;
      await pause();
      if (stopping.aborted || !homeAssistant.isRunning()) return;
    }
  }

  /** Avoids a fast loop of failures while Home Assistant seems to run. */
  const pause = (): Promise<void> => clock.wait(RETRY_MS, stopping);

  const canDeliver = (): boolean => homeAssistant.isRunning() && !hasFailed && !stopping.aborted;

  async function deliverWaiting(): Promise<void> {
    while (canDeliver()) {
      if (frames.size >= MAX_FRAMES) {
        await Promise.race(frames);
        continue;
      }
      const events = await queue.takeNext(EVENTS_PER_FRAME);
      if (events.length === 0) return;
      // An older event has failed meanwhile, and these must not overtake it.
      if (hasFailed) return events.forEach(({ seq }) => record(queue.requeue(seq, false)));
      const frame = deliver(events).finally(() => frames.delete(frame));
      frames.add(frame);
      // Events that were added since then call `wake()`.
      if (events.length < EVENTS_PER_FRAME) return;
    }
  }

  async function deliver(events: readonly LoggedEvent[]): Promise<void> {
    const fired: number[] = [];
    const missed = new Set<number>();
    await Promise.all(
      events.map(async (event) => {
        const { type, data } = toDeliveredEvent(event, clock.now());
        const outcome = await homeAssistant.fire(type, data);
        if (outcome.kind !== "fired") return record(settle(event, outcome));
        fired.push(event.seq);
        if (type === "twilio_data_missed") missed.add(event.seq);
      }),
    );
    if (fired.length > 0) {
      forbidden = null;
      logger.debug(`Home Assistant has received the events ${fired.join(", ")}.`, "delivered");
      record(queue.markDelivered(fired, missed));
    }
    // The loop may not be waiting for this frame any more.
    if (hasFailed) wake();
  }

  /** Stores the outcome of an event that was not fired. */
  function settle({ seq, type }: LoggedEvent, outcome: NotFired): Promise<void> {
    switch (outcome.kind) {
      case "refused":
        logger.error(
          `Home Assistant refused the event ${type} (entry ${seq} of the journal): ${outcome.reason}`,
          "event refused",
        );
        return queue.reject(seq, outcome.reason);
      case "forbidden":
        logForbidden(outcome.reason);
        return requeue(seq, false);
      case "away":
        return requeue(seq, false);
      case "maybe_delivered":
        return requeue(seq, true);
    }
  }

  function requeue(seq: number, maybeDelivered: boolean): Promise<void> {
    hasFailed = true;
    return queue.requeue(seq, maybeDelivered);
  }

  function logForbidden(reason: string): void {
    if (forbidden === reason) return;
    forbidden = reason;
    logger.error(
      `Home Assistant accepts no events from the app, so they wait: ${reason}`,
      "events forbidden",
    );
  }

  function record(change: Promise<void>): void {
    const done = change.catch(() => undefined).finally(() => records.delete(done));
    records.add(done);
  }

  function wake(): void {
    isAwake = true;
    if (running !== null) return;
    running = Promise.resolve()
      .then(deliverAll)
      .catch(async (error: unknown) => {
        logger.error(
          `The app could not deliver events to Home Assistant: ${String(error)}`,
          "delivery failed",
        );
        await pause();
        isAwake = true;
      })
      .then(() => {
        running = null;
        if (isAwake && homeAssistant.isRunning() && !stopping.aborted) wake();
      });
  }

  return {
    wake,
    async settled(): Promise<void> {
      await running;
      await Promise.all(frames);
      await Promise.all(records);
    },
  };
}

/**
 * The form in which an event is fired. An event that is stale is fired as `twilio_data_missed`, so that no automation
 * acts on it. So is an event about a call that may have been delivered, because a gate would toggle back. Other events
 * that may have been delivered get `redelivered`.
 */
export function toDeliveredEvent(event: LoggedEvent, now: number): { type: string; data: EventData } {
  const { kind, data, type } = event;
  const marked = event.maybeDelivered ? { ...data, redelivered: true } : data;
  const age = now - event.receivedAt;
  if (type === "twilio_alarm") return deliveredAlarmEvent(event, marked, age);
  if (kind === null) return { type, data: marked };
  const neverTwice = type === "twilio_data_received" && data["CallSid"] !== undefined;
  if (isFresh(kind, age) && !event.stale && !(event.maybeDelivered && neverTwice))
    return { type, data: marked };
  return {
    type: "twilio_data_missed",
    data: { ...marked, age_seconds: Math.max(0, Math.round(age / 1000)) },
  };
}

/** The states of an alarm that automations act on only at once. All other states always arrive. */
const BRIEF_STATES: ReadonlySet<unknown> = new Set(["started", "calling", "repeated"]);
const BRIEF_STATE_MS = 30_000;

function deliveredAlarmEvent(
  { type, stale }: LoggedEvent,
  data: EventData,
  age: number,
): { type: string; data: EventData } {
  const withAge = { ...data, age_seconds: Math.max(0, Math.round(age / 1000)) };
  if (!BRIEF_STATES.has(data["state"])) return { type, data: withAge };
  if (Math.abs(age) <= BRIEF_STATE_MS && !stale) return { type, data };
  return { type: "twilio_data_missed", data: withAge };
}
