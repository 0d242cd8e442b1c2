export interface Gate {
  /** Resolves at once, or as soon as the gate opens; with the milliseconds that it took. */
  passed(): Promise<number>;
  /** Closes the gate while `act` runs. */
  whileClosed<Result>(act: () => Promise<Result>): Promise<Result>;
}

/** Holds back whoever wants to pass while it is closed. */
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
