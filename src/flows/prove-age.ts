import type { Logger } from "../domain/logger.ts";
import type { UnprovenSid } from "../domain/unproven-sid.ts";

const AT_ONCE = 10;
const TRY_AGAIN_MS = 2_000;

export interface ProveAgeOptions {
  /** SIDs of webhooks that are kept back until their age is known. */
  readonly unproven: (limit: number) => UnprovenSid[];
  /** When Twilio made it, in milliseconds since 1970; null where Twilio does not know it. Throws where it is away. */
  readonly createdAt: (of: UnprovenSid) => Promise<number | null>;
  /** Whether it is young enough to be no captured one. */
  readonly prove: (sid: string, createdAt: number | null) => Promise<boolean>;
  readonly onProven: () => void;
  /** Told of each SID that is. */
  readonly onYoung: (sid: string) => Promise<void>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

/**
 * After a lost journal: a webhook of a SID that is not known may be an old one sent again, so that Twilio is asked for
 * its age before Home Assistant hears of it. `wake` may be called as often as one likes.
 */
export function createAgeProof(options: ProveAgeOptions, signal: AbortSignal) {
  let isAwake = false;
  let running: Promise<void> | null = null;
  /** Not known to Twilio when it was asked first: what is a second old need not be everywhere yet. */
  const unknown = new Set<string>();
  /** Said already. */
  let isAway = false;

  async function proveAll(): Promise<void> {
    while (isAwake && !signal.aborted) {
      isAwake = false;
      const sids = options.unproven(AT_ONCE);
      if (sids.length === 0) return;
      const proven = await Promise.all(sids.map(proveOne));
      options.onProven();
      if (proven.includes(false)) await options.wait(TRY_AGAIN_MS, signal);
      isAwake = true;
    }
  }

  async function proveOne(of: UnprovenSid): Promise<boolean> {
    const { sid } = of;
    try {
      const createdAt = await options.createdAt(of);
      if (createdAt === null && !unknown.has(sid)) {
        unknown.add(sid);
        return false;
      }
      unknown.delete(sid);
      const isYoung = await options.prove(sid, createdAt);
      isAway = false;
      if (isYoung) await options.onYoung(sid);
      return true;
    } catch {
      if (!isAway) options.logger.warning(`Twilio cannot be asked for the age of ${sid}, so it waits.`);
      isAway = true;
      return false;
    }
  }

  return {
    wake(): void {
      isAwake = true;
      running ??= proveAll()
        .catch((error: unknown) => options.logger.error(`Ages could not be proven: ${String(error)}`))
        .finally(() => {
          running = null;
        });
    },
    settled: async (): Promise<void> => {
      await running;
    },
  };
}
