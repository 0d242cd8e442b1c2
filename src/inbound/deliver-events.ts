import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import { toDeliveredEvent } from "./delivered-event.ts";
import { createEventHandovers } from "./event-handovers.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventBus, EventHandover, EventQueue, FireOutcome } from "./ports.ts";

/**
 * Core disconnects a client with too many pending messages, and other clients that listen to the same events. So at most
 * 4 × 64 events are being fired at the same time.
 */
const EVENTS_PER_FRAME = 64;
const MAX_IN_FLIGHT = 4 * EVENTS_PER_FRAME;

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
  /**
   * Lets at most `count` events be fired as soon as they are stored. Null if older events may wait, or if none can be
   * fired now. Then the delivery reads them from the log.
   */
  handOver(count: number): EventHandover | null;
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
  /** The number of events that are being fired. */
  let inFlight = 0;
  let running: Promise<void> | null = null;
  /** Set by `wake()`: makes the loop read the log again, so that an event appended while a round ends is not left. */
  let isAwake = false;
  /** Whether an event must be fired again, before any newer one. */
  let hasFailed = false;
  /** Whether the last batch failed. No other batch is then fired beside the next one, so that no newer event overtakes it. */
  let isProbing = false;
  /** The logged reason why Home Assistant accepts no events. */
  let forbidden: string | null = null;

  async function deliverAll(): Promise<void> {
    while (isAwake) {
      isAwake = false;
      await deliverWaiting();
      if (!hasFailed) continue;
      await handovers.settled();
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
      if (handovers.size() > 0) {
        await handovers.settled();
        continue;
      }
      if (isProbing ? inFlight > 0 : inFlight + EVENTS_PER_FRAME > MAX_IN_FLIGHT) {
        await Promise.race(frames);
        continue;
      }
      const events = await queue.takeNext(EVENTS_PER_FRAME);
      if (events.length === 0) return;
      fireInOrder(events);
      // Events that were added since then call `wake()`.
      if (events.length < EVENTS_PER_FRAME) return;
    }
  }

  function fireInOrder(events: readonly LoggedEvent[]): void {
    // An older event has failed meanwhile, and these must not overtake it.
    if (hasFailed) return events.forEach(({ seq }) => record(queue.requeue(seq, false)));
    for (let from = 0; from < events.length; from += EVENTS_PER_FRAME)
      fireFrame(events.slice(from, from + EVENTS_PER_FRAME));
  }

  function fireFrame(events: readonly LoggedEvent[]): void {
    inFlight += events.length;
    const frame = deliver(events).finally(() => {
      inFlight -= events.length;
      frames.delete(frame);
    });
    frames.add(frame);
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
      isProbing &&= fired.length < events.length;
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
          `Home Assistant refused the event ${type} (entry ${seq} of the app's database): ${outcome.reason}`,
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
    isProbing = true;
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
          `The app could not deliver events to Home Assistant, and tries again: ${String(error)}`,
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

  const handovers = createEventHandovers({ fire: fireInOrder, onNothingTaken: wake, clock });

  return {
    wake,
    handOver(count) {
      const isFree = running === null && inFlight + handovers.size() + count <= MAX_IN_FLIGHT;
      if (isFree && !isProbing && canDeliver()) return handovers.begin(count);
      wake();
      return null;
    },
    async settled(): Promise<void> {
      await running;
      await handovers.settled();
      await Promise.all(frames);
      await Promise.all(records);
    },
  };
}
