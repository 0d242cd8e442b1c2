import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import { toDeliveredEvent } from "./delivered-event.ts";
import { createEventHandovers } from "./event-handovers.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventBus, EventHandover, EventQueue, FireOutcome } from "./ports.ts";

/**
 * The app fires at most 4 × 64 events at the same time, 64 of them in one frame (WebSocket message). If a client has
 * too many pending messages, Core disconnects it, and also other clients that listen to the same events.
 */
const EVENTS_PER_FRAME = 64;
const MAX_IN_FLIGHT = 4 * EVENTS_PER_FRAME;

/** The pause before the app fires events again that did not reach Home Assistant, in milliseconds. */
const RETRY_MS = 1_000;

type NotFired = Exclude<FireOutcome, { readonly kind: "fired" }>;

export interface EventDeliveryOptions {
  /**
   * The queue of events in the journal (the app's database). The app retries its failed writes, except those of
   * `takeNext`, whose promise then rejects.
   */
  readonly queue: EventQueue;
  readonly homeAssistant: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface EventDelivery {
  /**
   * Reports that events may be waiting in the event log, so that the app fires them. May be called at any time, any
   * number of times.
   */
  wake(): void;
  /**
   * Returns an object to which the caller passes at most `count` events directly after their commit, so that they are
   * fired at once. Null if older events may wait, if too many events are being fired, or if Home Assistant cannot get
   * any events now. The app then reads the new events from the event log.
   */
  handOver(count: number): EventHandover | null;
  /** Resolves when no event is being fired, and the outcome of each fired event is on disk. */
  settled(): Promise<void>;
}

/**
 * Fires the waiting events of the event log (a table of the journal) in Home Assistant, in order. An event counts as
 * delivered only after Home Assistant has answered.
 */
export function createEventDelivery(
  { queue, homeAssistant, clock, logger }: EventDeliveryOptions,
  stopping: AbortSignal,
): EventDelivery {
  /** Groups of at most 64 events that are being fired. */
  const frames = new Set<Promise<void>>();
  /** The running writes to the journal. Each one stores whether Home Assistant got an event. */
  const records = new Set<Promise<void>>();
  /** The number of events that are being fired. */
  let inFlight = 0;
  let running: Promise<void> | null = null;
  /**
   * Set by `wake()`: makes the loop read the event log again. Without this flag, an event that is appended while the
   * loop ends would wait until another event is appended.
   */
  let isAwake = false;
  /**
   * Whether Home Assistant did not confirm an event. The app fires this event again before any newer event that still
   * waits.
   */
  let hasFailed = false;
  /**
   * Whether an event of the last group failed. The loop then fires one group at a time, so that newer events cannot
   * overtake the events of a group that fails again.
   */
  let isProbing = false;
  /** The reason, already logged, why Home Assistant accepts no events from the app; null if it accepts them. */
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

  /**
   * Waits before a failed event is fired again. Without this pause, events that fail while Home Assistant seems to run
   * would be fired in a fast loop.
   */
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
      // The event log has no more waiting events. The code that appends an event calls `wake()`.
      if (events.length < EVENTS_PER_FRAME) return;
    }
  }

  function fireInOrder(events: readonly LoggedEvent[]): void {
    // Home Assistant did not get an older event. `events` wait again, so that they do not overtake it.
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
    // An event of this or another group failed, so the loop must fire it again. But the loop may have ended before.
    if (hasFailed) wake();
  }

  /**
   * Marks an event that was not fired as rejected if Home Assistant refused the event, and as waiting again in all
   * other cases.
   */
  function settle({ seq, type }: LoggedEvent, outcome: NotFired): Promise<void> {
    switch (outcome.kind) {
      case "refused":
        logger.error(
          `Home Assistant refused an event ${type}, so no automation gets it. The Activity page of the app shows the event. The reason was: ${outcome.reason}`,
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
      `Home Assistant accepts no events from the app, so the events wait. Without Supervisor, use the access token of an administrator. The reason was: ${reason}`,
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
          `The app could not read the waiting events from its database. Make sure that the disk is not full. The app tries again. The error was: ${String(error)}`,
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
