/** So many times anybody may mistype. */
const FREE = 5;

/** The wait after the last free one, and the longest, in milliseconds: through a proxy all people have one address. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** An address that was quiet for so long, in milliseconds, begins anew. */
const FORGET_MS = 3_600_000;

/** Addresses remembered at most; the one that was quiet longest goes first. */
const MOST_ADDRESSES = 1_000;

/** Counts wrong passwords by the address they came from. */
export interface WrongPasswords {
  /** How long, in milliseconds, this address has to wait; 0 where it may try. */
  waitMs(address: string): number;
  /** Returns how long, in milliseconds, it has to wait now. */
  wrong(address: string): number;
  right(address: string): void;
}

/** `now` in milliseconds. */
export function createWrongPasswords(now: () => number): WrongPasswords {
  const seen = new Map<string, { readonly count: number; readonly at: number; readonly until: number }>();

  return {
    // However the clock is set back meanwhile.
    waitMs: (address) => Math.min(Math.max(0, (seen.get(address)?.until ?? 0) - now()), LONGEST_WAIT_MS),
    wrong(address) {
      const at = now();
      const before = seen.get(address);
      const count = before === undefined || at - before.at > FORGET_MS ? 1 : before.count + 1;
      const waitMs = count < FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - FREE), LONGEST_WAIT_MS);
      seen.delete(address);
      seen.set(address, { count, at, until: at + waitMs });
      const [quietest] = seen.keys();
      if (seen.size > MOST_ADDRESSES && quietest !== undefined) seen.delete(quietest);
      return waitMs;
    },
    right: (address) => void seen.delete(address),
  };
}
