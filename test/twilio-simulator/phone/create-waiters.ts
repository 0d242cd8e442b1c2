/** Waits for conditions of a call. */
export function createWaiters() {
  const checks = new Set<() => void>();

  return {
    /** Must be called after each change of the call. */
    changed(): void {
      for (const check of checks) check();
    },
    /** Resolves when `isSo` is true, at once or after a change. Rejects after `timeoutMs` with the text of `describe`. */
    until: (isSo: () => boolean, timeoutMs: number, describe: () => string): Promise<void> =>
      new Promise((resolve, reject) => {
        const finish = (end: () => void): void => {
          clearTimeout(timer);
          checks.delete(check);
          end();
        };
        const check = (): void => {
          try {
            if (isSo()) finish(resolve);
          } catch (error) {
            finish(() => reject(error instanceof Error ? error : new Error("failed", { cause: error })));
          }
        };
        const timer = setTimeout(
          () =>
            finish(() => reject(new Error(`The condition was not met in ${timeoutMs} ms: ${describe()}`))),
          timeoutMs,
        );
        checks.add(check);
        check();
      }),
  };
}
