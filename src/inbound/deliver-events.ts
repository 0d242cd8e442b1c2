import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/event.ts";
import type { Logger } from "../domain/log/logger.ts";
import { isFresh } from "./logged-event.ts";
import type { LoggedEvent } from "./logged-event.ts";

/**
 * Core drops a client with too much pending, and others who listen to the same events with it: never more than
 * 4 × 64 events are on their way.
 */
const EVENTS_A_FRAME = 64;
const MOST_FRAMES = 4;

/**
 * How Home Assistant took an event: `away` surely did not reach it, `unsure` may have, `forbidden` is no fault of the
 * event's: the user has to do something.
 */
export type FireOutcome =
  | { readonly kind: "fired" }
  | { readonly kind: "away" }
  | { readonly kind: "forbidden"; readonly reason: string }
  | { readonly kind: "unsure" }
  | { readonly kind: "refused"; readonly reason: string };

type NotFired = Exclude<FireOutcome, { readonly kind: "fired" }>;

export interface DeliverEventsOptions {
  readonly takeNext: (limit: number) => Promise<LoggedEvent[]>;
  /** These three reject only where the app stops. Nothing waits for the first, so that it may take its time. */
  readonly markDelivered: (seqs: readonly number[], missed: ReadonlySet<number>) => Promise<void>;
  readonly requeue: (seq: number, unsure: boolean) => Promise<void>;
  readonly reject: (seq: number, reason: string) => Promise<void>;
  readonly fire: (type: string, data: EventData) => Promise<FireOutcome>;
  readonly isRunning: () => boolean;
  /** Resolves in a while, or when the app stops: something seems to work, and yet did not. */
  readonly pause: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Second half of the inbound story: what waits in the log goes to Home Assistant in order, and counts as
 * delivered only on its answer. `wake` may be called at any time and as often as one likes; `settled` resolves
 * when nothing is on its way.
 */
export function createEventDelivery(options: DeliverEventsOptions) {
  const { logger } = options;
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
      await options.pause();
      if (options.isStopping() || !options.isRunning()) return;
    }
  }

  const mayTakeMore = (): boolean => options.isRunning() && !hasFailed && !options.isStopping();

  async function deliverWaiting(): Promise<void> {
    while (mayTakeMore()) {
      if (frames.size >= MOST_FRAMES) {
        await Promise.race(frames);
        continue;
      }
      const events = await options.takeNext(EVENTS_A_FRAME);
      if (events.length === 0) return;
      // An older one has failed meanwhile: these must not overtake it.
      if (hasFailed) return events.forEach(({ seq }) => record(options.requeue(seq, false)));
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
        const { type, data } = toDeliveredEvent(event, options.clock.now());
        const outcome = await options.fire(type, data);
        if (outcome.kind !== "fired") return record(settle(event, outcome));
        fired.push(event.seq);
        if (type === "twilio_data_missed") missed.add(event.seq);
      }),
    );
    if (fired.length > 0) {
      forbidden = null;
      logger.debug(`Home Assistant has received the events ${fired.join(", ")}.`, "delivered");
      record(options.markDelivered(fired, missed));
    }
    // Perhaps nobody is waiting for this frame any more.
    if (hasFailed) wake();
  }

  /** What is written to disk about an event that was not fired. */
  function settle({ seq, type }: LoggedEvent, outcome: NotFired): Promise<void> {
    switch (outcome.kind) {
      case "refused":
        logger.error(`Home Assistant refused ${type} number ${seq}: ${outcome.reason}`, "event refused");
        return options.reject(seq, outcome.reason);
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
    return options.requeue(seq, maybeDelivered);
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
        await options.pause();
        isAwake = true;
      })
      .then(() => {
        running = null;
        if (isAwake && options.isRunning() && !options.isStopping()) wake();
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
