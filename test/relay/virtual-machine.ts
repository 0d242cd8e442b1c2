import type { FunctionMachine } from "../twilio-simulator/functions/twilio-function.ts";

/** A request that the Function made, with its time in milliseconds of the virtual machine. */
export interface MadeRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string;
  readonly at: number;
  readonly headers: Headers;
  /** The time at which the Function aborted the request, or null if it did not. */
  abortedAt: number | null;
}

/** Returns the answer to a request of the Function, or null for no answer. */
export type Network = (request: MadeRequest) => Response | "refused" | null;

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Creates a virtual time and network for a Function, so that a test does not depend on the speed of the machine. */
export function createVirtualMachine(answer: Network, startedAt = 1_800_000_000_000) {
  const requests: MadeRequest[] = [];
  const timers = new Set<Timer>();
  let now = startedAt;

  const machine: FunctionMachine = {
    Date: { now: () => now },
    setTimeout(run, ms) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer),
    fetch(input, options = {}) {
      const request: MadeRequest = {
        url: new Request(input).url,
        method: options.method ?? "GET",
        body: typeof options.body === "string" ? options.body : "",
        at: now - startedAt,
        headers: new Headers(options.headers),
        abortedAt: null,
      };
      requests.push(request);
      return new Promise((resolve, reject) => {
        options.signal?.addEventListener("abort", () => {
          request.abortedAt = now - startedAt;
          reject(new DOMException("aborted", "AbortError"));
        });
        const given = answer(request);
        if (given === "refused") reject(new TypeError("fetch failed"));
        else if (given !== null) resolve(given);
      });
    },
  };

  /** Lets time pass from one timer to the next until `work` has ended, and returns its result. */
  async function runUntilEnd<Result>(work: Promise<Result>): Promise<Result> {
    const state: { result?: { readonly value: Result } } = {};
    const ended = work.then((value) => void (state.result = { value }));
    for (;;) {
      await new Promise((resolve) => void setImmediate(resolve));
      if (state.result !== undefined) return state.result.value;
      const [next] = [...timers].toSorted((a, b) => a.at - b.at);
      if (next === undefined) {
        await ended;
        continue;
      }
      timers.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
  }

  return {
    machine,
    requests,
    run: runUntilEnd,
    elapsed: (): number => now - startedAt,
    pending: (): number => timers.size,
  };
}
