/** Those who wait until something about a call is as they want it. */
export function createWaiters() {
  const checks = new Set<() => void>();

  return {
    /** Something has changed. */
    changed(): void {
      for (const check of checks) check();
    },
    /** Resolves when `isSo` holds after a change, or at once; rejects after `timeoutMs` with what `describe` says. */
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
          () => finish(() => reject(new Error(`In vain after ${timeoutMs} ms: ${describe()}`))),
          timeoutMs,
        );
        checks.add(check);
        check();
      }),
  };
}
