import type { Chance } from "../../../src/domain/chance.ts";
import type { Clock } from "../../../src/domain/clock.ts";
import type { Random } from "../../random.ts";
import type { Effect } from "./effects.ts";
import type { Scheduler } from "./scheduler.ts";

/** One run of the app's process, from its start to its end or its crash. */
export interface Life {
  /** The number of the life, from 1. */
  readonly number: number;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Whether the process runs. After a crash, code continues until its next await, but nobody can notice it. */
  readonly isAlive: () => boolean;
  /** Must be called before an effect. Returns false if the effect must not happen, because the process has ended. */
  effect(effect: Effect, detail?: string): boolean;
  /**
   * Must be called when the app uses something that belongs to its life. After the life's end, such a use is a leak.
   */
  use(what: string): void;
  /** Calls `run` when the process ends, for example to close a connection. Returns a function that cancels this. */
  onEnd(run: () => void): () => void;
  /** Ends the life at once. Everything that its code waits for never comes. */
  end(): void;
  /** From now on, no code of the life may run. Anything that the code still uses is a leak, and throws. */
  seal(): void;
  /** Notes that the app keeps something open. Returns a function that notes its end, and that may be called again. */
  open(what: Handle): () => void;
  /** How many things of this kind are open. */
  openNow(what: Handle): number;
}

/**
 * The kinds of things that the app can keep open. `waits` are waits on its clock; `webhooks` are webhooks that are not
 * answered yet.
 */
export type Handle = "waits" | "requests" | "sockets" | "webhooks";

/** The most things that the app ever needs to keep open. More of them would grow without limit. */
const MOST_OPEN: Readonly<Record<Handle, number>> = { waits: 300, requests: 60, sockets: 2, webhooks: 60 };

export interface LifeOptions {
  readonly number: number;
  readonly scheduler: Scheduler;
  /** The time of the app's clock, in milliseconds since 1970. */
  readonly wall: () => number;
  readonly random: Random;
  /** Runs before each effect, and may end the life. */
  readonly onEffect: (effect: Effect, detail: string) => void;
  /** Runs at each use of something that belongs to the life after its end. */
  readonly onLeak: (what: string) => void;
  /** Runs if the app keeps more open than it ever needs. */
  readonly onExcess: (what: Handle, count: number) => void;
}

/** Each caller gets its own promise, because a shared one would keep everything that ever waited for it in memory. */
const never = (): Promise<never> => new Promise(() => {});

/** Creates a life with its own clock and randomness, which do nothing after the life's end. */
export function createLife(options: LifeOptions): Life {
  const { number, scheduler, wall, random, onEffect, onLeak, onExcess } = options;
  const startedAt = scheduler.elapsed();
  const ends = new Set<() => void>();
  const counts: Record<Handle, number> = { waits: 0, requests: 0, sockets: 0, webhooks: 0 };
  let state: "alive" | "ending" | "sealed" = "alive";

  function use(what: string): void {
    if (state !== "sealed") return;
    onLeak(what);
    throw new Error(`life ${number} has ended and uses its ${what}`);
  }

  function open(what: Handle): () => void {
    counts[what] += 1;
    if (counts[what] > MOST_OPEN[what]) onExcess(what, counts[what]);
    let isOpen = true;
    return () => {
      if (isOpen) counts[what] -= 1;
      isOpen = false;
    };
  }

  function effect(what: Effect, detail = ""): boolean {
    if (state === "alive") onEffect(what, detail);
    return state === "alive";
  }

  const clock: Clock = {
    now() {
      use("clock");
      return Math.floor(wall());
    },
    monotonic() {
      use("clock");
      return scheduler.elapsed() - startedAt;
    },
    wait(ms, signal) {
      use("clock");
      if (signal.aborted) return Promise.resolve();
      if (state !== "alive") return never();
      const ended = open("waits");
      return new Promise((resolve) => {
        const callOff = scheduler.after(ms, () => {
          if (effect("a wait ends", `of ${ms} ms`)) end();
        });
        // Node keeps every abort signal in memory that has a listener.
        const callOffWait = (): void => {
          ended();
          callOff();
          signal.removeEventListener("abort", end);
        };
        const end = (): void => {
          callOffWait();
          ends.delete(callOffWait);
          resolve();
        };
        signal.addEventListener("abort", end);
        ends.add(callOffWait);
      });
    },
    nextTurn(run) {
      use("clock");
      scheduler.nextTurn(() => {
        if (state === "alive") run();
      });
    },
    timeoutSignal(ms) {
      const timeout = new AbortController();
      const { signal } = new AbortController();
      void clock
        .wait(ms, signal)
        .then(() => timeout.abort(new DOMException("The time is up.", "TimeoutError")));
      return timeout.signal;
    },
  };

  const bytes = (count: number): Buffer =>
    Buffer.from(Array.from({ length: count }, () => random.below(256)));

  return {
    number,
    clock,
    chance: {
      number: () => random.next(),
      uuid() {
        const hex = bytes(16).toString("hex");
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
      },
      bytes,
    },
    isAlive: () => state === "alive",
    effect,
    use,
    onEnd(run) {
      ends.add(run);
      return () => void ends.delete(run);
    },
    end() {
      if (state !== "alive") return;
      state = "ending";
      for (const run of ends) run();
      ends.clear();
    },
    seal() {
      state = "sealed";
    },
    open,
    openNow: (what) => counts[what],
  };
}
