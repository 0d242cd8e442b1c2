import { isFresh } from "../domain/freshness.ts";
import type { EventData } from "../domain/inbound-event.ts";
import type { LoggedEvent } from "../domain/logged-event.ts";
import type { Logger } from "../domain/logger.ts";

/**
 * Core drops a client with too much pending, and others who listen to the same events with it: never more than
 * 4 × 64 events are on their way.
 */
const EVENTS_A_FRAME = 64;
const MOST_FRAMES = 4;

/** How Home Assistant took an event: `away` surely did not reach it, `unsure` may have. */
export type FireOutcome =
  | { readonly kind: "fired" }
  | { readonly kind: "away" }
  | { readonly kind: "unsure" }
  | { readonly kind: "refused"; readonly reason: string };

export interface DeliverEventsOptions {
  readonly takeNext: (limit: number) => Promise<LoggedEvent[]>;
  /** Nothing waits for it: it may take its time. */
  readonly markDelivered: (seqs: readonly number[]) => Promise<void>;
  readonly putBack: (seq: number, unsure: boolean) => Promise<void>;
  readonly setAside: (seq: number, reason: string) => Promise<void>;
  readonly fire: (type: string, data: EventData) => Promise<FireOutcome>;
  readonly isRunning: () => boolean;
  /** Resolves in a while, or when the app stops: something seems to work, and yet did not. */
  readonly pause: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly now: () => number;
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

  async function deliverWaiting(): Promise<void> {
    while (options.isRunning() && !hasFailed && !options.isStopping()) {
      const events = await options.takeNext(EVENTS_A_FRAME);
      if (events.length === 0) return;
      const frame = deliver(events).finally(() => frames.delete(frame));
      frames.add(frame);
      if (frames.size >= MOST_FRAMES) await Promise.race(frames);
    }
  }

  async function deliver(events: readonly LoggedEvent[]): Promise<void> {
    const outcomes = await Promise.all(events.map(fire));
    if (outcomes.some(({ kind }) => kind === "away" || kind === "unsure")) hasFailed = true;
    const fired = events.filter((_event, index) => outcomes[index]?.kind === "fired");
    if (fired.length > 0) record(() => options.markDelivered(fired.map((event) => event.seq)));
    for (const [index, event] of events.entries()) settle(event, outcomes[index] ?? { kind: "unsure" });
  }

  function fire(event: LoggedEvent): Promise<FireOutcome> {
    const { type, data } = asDeliveredNow(event, options.now());
    return options.fire(type, data);
  }

  function settle(event: LoggedEvent, outcome: FireOutcome): void {
    switch (outcome.kind) {
      case "fired":
        logger.debug(`Home Assistant has ${event.type} number ${event.seq}.`);
        return;
      case "away":
      case "unsure":
        record(() => options.putBack(event.seq, outcome.kind === "unsure"));
        return;
      case "refused":
        record(() => options.setAside(event.seq, outcome.reason));
        logger.error(`Home Assistant refused ${event.type} number ${event.seq}: ${outcome.reason}`);
    }
  }

  function record(keep: () => Promise<void>): void {
    const kept = untilKept(keep).finally(() => records.delete(kept));
    records.add(kept);
  }

  /** A full disk must not leave an event half delivered for ever. */
  async function untilKept(keep: () => Promise<void>): Promise<void> {
    do {
      try {
        return await keep();
      } catch (error) {
        logger.error(`What became of an event could not be kept: ${String(error)}`);
        await options.pause();
      }
    } while (!options.isStopping());
  }

  function wake(): void {
    isAwake = true;
    if (running !== null) return;
    running = deliverAll()
      .catch(async (error: unknown) => {
        logger.error(`Delivering events failed: ${String(error)}`);
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
export function asDeliveredNow(event: LoggedEvent, now: number): { type: string; data: EventData } {
  const { kind, data, type } = event;
  if (kind === null) return { type, data };
  const age = now - event.receivedAt;
  const neverTwice = type === "twilio_data_received" && data["CallSid"] !== undefined;
  const marked = event.unsure ? { ...data, redelivered: true } : data;
  if (isFresh(kind, age) && !event.late && !(event.unsure && neverTwice)) return { type, data: marked };
  return { type: "twilio_data_missed", data: { ...marked, age_seconds: Math.round(age / 1000) } };
}
