import type { Scheduler } from "./scheduler.ts";

const REAL = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
};

/**
 * Moves the timers of libraries to virtual time. For example, home-assistant-js-websocket reconnects with
 * `setTimeout`. Disposing restores the real timers.
 */
export function useVirtualGlobals(scheduler: Scheduler): Disposable {
  const virtual = {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => ({
      callOff: scheduler.after(ms, () => run(...args)),
      unref() {},
      ref() {},
    }),
    clearTimeout: (timer?: { readonly callOff?: () => void }) => timer?.callOff?.(),
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) =>
      scheduler.nextTurn(() => run(...args)),
  };
  Object.assign(globalThis, virtual);
  return { [Symbol.dispose]: () => void Object.assign(globalThis, REAL) };
}
