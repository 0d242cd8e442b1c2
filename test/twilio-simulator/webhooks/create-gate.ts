export interface Gate {
  /** Resolves when the gate is open, with the milliseconds of the wait. */
  passed(): Promise<number>;
  /** Closes the gate while `act` runs. */
  whileClosed<Result>(act: () => Promise<Result>): Promise<Result>;
}

/** Creates a gate at which work waits while it is closed. */
export function createGate(): Gate {
  let opened: Promise<unknown> | null = null;
  return {
    async passed() {
      const since = Date.now();
      await opened;
      return Date.now() - since;
    },
    async whileClosed(act) {
      const acting = act();
      opened = acting.catch(() => undefined);
      try {
        return await acting;
      } finally {
        opened = null;
      }
    },
  };
}
