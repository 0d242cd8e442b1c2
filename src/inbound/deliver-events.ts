import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isFresh } from "./logged-event.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { EventBus, EventQueue, FireOutcome } from "./ports.ts";

/**
 * Core drops a client with too much pending, and others who listen to the same events with it: never more than
 * 4 × 64 events are on their way.
 */
const EVENTS_A_FRAME = 64;
const MOST_FRAMES = 4;

/** What did not get through to Home Assistant goes again after this, in milliseconds. */
const TRY_AGAIN_MS = 1_000;

type NotFired = Exclude<FireOutcome, { readonly kind: "fired" }>;

export interface EventDeliveryOptions {
  /** Its changes reject only where the app stops. */
  readonly queue: EventQueue;
  readonly homeAssistant: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface EventDelivery {
  /** Something may wait for Home Assistant. May be called at any time and as often as one likes. */
  wake(): void;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

/**
 * Second half of the inbound story: what waits in the log goes to Home Assistant in order, and counts as
 * delivered only on its answer.
 */
export function createEventDelivery(
  { queue, homeAssistant, clock, logger }: EventDeliveryOptions,
  stopping: AbortSignal,
): EventDelivery {
  /** On their way to Home Assistant. */
  const frames = new Set<Promise<void>>();
  /** What became of them, on its way to the disk. */
  const records = new Set<Promise<void>>();
  let running: Promise<void> | null = null;
  /** Something may have come since the log was last read: without it, what comes while a round ends would wait. */
  let isAwake = false;
  /** An event has to go again, and nothing newer before it. */
  let hasFailed = false;
  /** Said already: why Home Assistant takes nothing. */
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

  /** Something seems to work, and yet did not. */
  const pause = (): Promise<void> => clock.wait(TRY_AGAIN_MS, stopping);

  const mayTakeMore = (): boolean => homeAssistant.isRunning() && !hasFailed && !stopping.aborted;

  async function deliverWaiting(): Promise<void> {
    while (mayTakeMore()) {
      if (frames.size >= MOST_FRAMES) {
        await Promise.race(frames);
        continue;
      }
      const events = await queue.takeNext(EVENTS_A_FRAME);
      if (events.length === 0) return;
      // An older one has failed meanwhile: these must not overtake it.
      if (hasFailed) return events.forEach(({ seq }) => record(queue.requeue(seq, false)));
      const frame = deliver(events).finally(() => frames.delete(frame));
      frames.add(frame);
      // What has come since wakes it again.
      if (events.length < EVENTS_A_FRAME) return;
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
    // Perhaps nobody is waiting for this frame any more.
    if (hasFailed) wake();
  }

  /** What is written to disk about an event that was not fired. */
  function settle({ seq, type }: LoggedEvent, outcome: NotFired): Promise<void> {
    switch (outcome.kind) {
      case "refused":
        logger.error(`Home Assistant refused ${type} number ${seq}: ${outcome.reason}`, "event refused");
        return queue.reject(seq, outcome.reason);
      case "forbidden":
        logForbidden(outcome.reason);
        return requeue(seq, false);
      case "away":
        return requeue(seq, false);
      case "unsure":
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
    logger.error(`Home Assistant takes no events from the app, so they wait: ${reason}`, "events forbidden");
  }

  function record(keeping: Promise<void>): void {
    const kept = keeping.catch(() => undefined).finally(() => records.delete(kept));
    records.add(kept);
  }

  function wake(): void {
    isAwake = true;
    if (running !== null) return;
    running = Promise.resolve()
      .then(deliverAll)
      .catch(async (error: unknown) => {
        logger.error(`Delivering events failed: ${String(error)}`, "delivery failed");
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
 * What is about a call must not act twice (a gate would toggle back), and what is no longer fresh must not act at
 * all: both go out as `twilio_data_missed`. Other repeats are marked, so that automations can tell.
 */
export function toDeliveredEvent(event: LoggedEvent, now: number): { type: string; data: EventData } {
  const { kind, data, type } = event;
  const marked = event.maybeDelivered ? { ...data, redelivered: true } : data;
  if (kind === null) return { type, data: marked };
  const age = now - event.receivedAt;
  const neverTwice = type === "twilio_data_received" && data["CallSid"] !== undefined;
  if (isFresh(kind, age) && !event.stale && !(event.maybeDelivered && neverTwice))
    return { type, data: marked };
  return {
    type: "twilio_data_missed",
    data: { ...marked, age_seconds: Math.max(0, Math.round(age / 1000)) },
  };
}
