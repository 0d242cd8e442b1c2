import type { Logger } from "../domain/logger.ts";
import type { CreatedAt, SidAge, UnprovenSid } from "../domain/unproven-sid.ts";

const AT_ONCE = 10;
const TRY_AGAIN_MS = 2_000;
/** Where a webhook may go on without, Twilio is not waited for any longer. */
const MOST_TRIES = 5;

export interface ProveAgeOptions {
  /** SIDs of webhooks that are kept back until their age is known. */
  readonly unproven: (limit: number) => UnprovenSid[];
  /** Throws where Twilio is away. */
  readonly createdAt: (of: UnprovenSid) => Promise<CreatedAt>;
  /** Whether a webhook goes on although nobody can say how old it is. */
  readonly mayBeUntold: (of: UnprovenSid, answer: Exclude<CreatedAt, number> | "away") => boolean;
  /** Returns the SIDs that are young enough to be no captured ones. Rejects only where the app stops. */
  readonly prove: (ages: readonly SidAge[]) => Promise<string[]>;
  readonly onProven: () => void;
  /** Told of each SID that is young enough. */
  readonly onYoung: (sid: string) => Promise<void>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

/**
 * While earlier webhooks are not known, on a first start or after a lost journal: a webhook of a SID that is not known
 * may be an old one sent again, so that Twilio is asked for its age before Home Assistant hears of it. `wake` may be
 * called as often as one likes.
 */
export function createAgeProof(options: ProveAgeOptions, signal: AbortSignal) {
  let isAwake = false;
  let running: Promise<void> | null = null;
  /** Tries without an answer. What is a second old need not be everywhere yet. */
  const tries = new Map<string, number>();
  /** Said already. */
  let isAway = false;

  async function proveAll(): Promise<void> {
    while (isAwake && !signal.aborted) {
      isAwake = false;
      const sids = options.unproven(AT_ONCE);
      if (sids.length === 0) return tries.clear();
      const asked = await Promise.all(sids.map(askAge));
      const ages = asked.filter((age) => age !== null);
      for (const { sid } of ages) tries.delete(sid);
      const young = await options.prove(ages);
      options.onProven();
      await Promise.all(young.map(options.onYoung));
      if (ages.length < sids.length) await options.wait(TRY_AGAIN_MS, signal);
      isAwake = true;
    }
  }

  /** Null where it is to be asked for again. */
  async function askAge(of: UnprovenSid): Promise<SidAge | null> {
    const { sid } = of;
    const tried = (tries.get(sid) ?? 0) + 1;
    tries.set(sid, tried);
    try {
      const createdAt = await options.createdAt(of);
      isAway = false;
      if (typeof createdAt === "number") return { sid, createdAt };
      if (options.mayBeUntold(of, createdAt)) return { sid, createdAt: "untold" };
      return tried > 1 ? { sid, createdAt: "unknown" } : null;
    } catch {
      if (tried >= MOST_TRIES && options.mayBeUntold(of, "away")) return { sid, createdAt: "untold" };
      if (!isAway)
        options.logger.warning(`Twilio cannot be asked for the age of ${sid}, so it waits.`, "age unknown");
      isAway = true;
      return null;
    }
  }

  return {
    wake(): void {
      isAwake = true;
      running ??= proveAll()
        .catch((error: unknown) =>
          options.logger.error(`Ages could not be proven: ${String(error)}`, "ages not proven"),
        )
        .finally(() => {
          running = null;
        });
    },
    settled: async (): Promise<void> => {
      await running;
    },
  };
}
