import { isFresh } from "../domain/freshness.ts";
import type { EventData } from "../domain/inbound-event.ts";
import type { LoggedEvent } from "../domain/logged-event.ts";
import type { Logger } from "../domain/logger.ts";

/** Core drops a client with too much pending, and other subscribers with it: never more than this at once. */
const MOST_IN_FLIGHT = 64;

/** How Home Assistant took an event: `away` surely did not reach it, `unsure` may have. */
export type FireOutcome =
  | { readonly kind: "fired" }
  | { readonly kind: "away" }
  | { readonly kind: "unsure" }
  | { readonly kind: "refused"; readonly reason: string };

export interface DeliverEventsOptions {
  readonly takeNext: (limit: number) => LoggedEvent[];
  readonly markDelivered: (seqs: readonly number[]) => void;
  readonly putBack: (seq: number, unsure: boolean) => void;
  readonly setAside: (seq: number, reason: string) => void;
  readonly fire: (type: string, data: EventData) => Promise<FireOutcome>;
  readonly isRunning: () => boolean;
  /** Calls `wake` again in a while: Home Assistant seems to run, and yet an event did not get through. */
  readonly wakeLater: () => void;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Second half of the inbound story: what waits in the log goes to Home Assistant in order, and counts as
 * delivered only on its answer. `wake` may be called at any time and as often as one likes; `settled` resolves
 * when nothing is in flight.
 */
export function createEventDelivery(options: DeliverEventsOptions) {
  let running: Promise<void> | null = null;
  /** Something may have come since the log was last read: without it, what comes while a round ends would wait. */
  let isAwake = false;

  async function deliverAll(): Promise<void> {
    while (isAwake) {
      isAwake = false;
      while (options.isRunning()) {
        const events = options.takeNext(MOST_IN_FLIGHT);
        if (events.length === 0) break;
        if (!(await deliver(events))) {
          options.wakeLater();
          return;
        }
      }
    }
  }

  /** False where an event has to go again. */
  async function deliver(events: readonly LoggedEvent[]): Promise<boolean> {
    const outcomes = await Promise.all(events.map(fire));
    const fired = events.filter((_event, index) => outcomes[index]?.kind === "fired");
    if (fired.length > 0) options.markDelivered(fired.map((event) => event.seq));
    for (const [index, event] of events.entries()) record(event, outcomes[index] ?? { kind: "unsure" });
    return outcomes.every(({ kind }) => kind === "fired" || kind === "refused");
  }

  function fire(event: LoggedEvent): Promise<FireOutcome> {
    const { type, data } = asDeliveredNow(event, options.now());
    return options.fire(type, data);
  }

  function record(event: LoggedEvent, outcome: FireOutcome): void {
    switch (outcome.kind) {
      case "fired":
        options.logger.debug(`Home Assistant has ${event.type} number ${event.seq}.`);
        return;
      case "away":
      case "unsure":
        options.putBack(event.seq, outcome.kind === "unsure");
        return;
      case "refused":
        options.setAside(event.seq, outcome.reason);
        options.logger.error(`Home Assistant refused ${event.type} number ${event.seq}: ${outcome.reason}`);
    }
  }

  function wake(): void {
    isAwake = true;
    if (running !== null) return;
    const round = deliverAll().catch((error: unknown) => {
      options.logger.error(`Delivering events failed: ${String(error)}`);
      options.wakeLater();
    });
    running = round.then(() => {
      running = null;
      if (isAwake) wake();
    });
  }

  return {
    wake,
    settled: async (): Promise<void> => {
      await running;
    },
  };
}

/**
 * A call whose delivery is unsure must not act twice (a gate would toggle back), and what is no longer fresh must
 * not act at all: both go out as `twilio_data_missed`. Other repeats are marked, so that automations can tell.
 */
export function asDeliveredNow(event: LoggedEvent, now: number): { type: string; data: EventData } {
  const { kind, data, type } = event;
  if (kind === null) return { type, data };
  const age = now - event.receivedAt;
  const isCall = kind === "incoming_call" || kind === "call";
  const marked = event.unsure ? { ...data, redelivered: true } : data;
  if (isFresh(kind, age) && !(event.unsure && isCall)) return { type, data: marked };
  return { type: "twilio_data_missed", data: { ...marked, age_seconds: Math.round(age / 1000) } };
}
