import type { FunctionMachine } from "./twilio-function.ts";

/**
 * The timers of Functions. When `ended` aborts, all of them run out at once, so that no Function waits any longer.
 */
export function createFunctionTimers(
  ended: AbortSignal,
): Pick<FunctionMachine, "setTimeout" | "clearTimeout"> {
  const runs = new Map<NodeJS.Timeout, () => void>();

  function end(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    const run = runs.get(timer);
    runs.delete(timer);
    run?.();
  }

  ended.addEventListener("abort", () => [...runs.keys()].forEach(end));
  return {
    setTimeout(run, ms) {
      const timer = setTimeout(() => end(timer), ended.aborted ? 0 : ms);
      runs.set(timer, run);
      return timer;
    },
    clearTimeout(timer: NodeJS.Timeout) {
      clearTimeout(timer);
      runs.delete(timer);
    },
  };
}
