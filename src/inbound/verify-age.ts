import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { AgeJournal, AgeSource } from "./ports.ts";

const AT_ONCE = 10;
const TRY_AGAIN_MS = 2_000;
/** After so many attempts without an answer, a webhook is processed without a known age, if `mayProceedWithoutAge` allows it. */
const MOST_TRIES = 5;

export interface AgeVerificationOptions {
  /** `saveAges` rejects only where the app stops. */
  readonly journal: AgeJournal;
  readonly ages: AgeSource;
  /** True where a compatible provider is used, which may have no look-ups. */
  readonly isProvider: boolean;
  readonly onVerified: () => void;
  /** Told of each SID that is young enough. */
  readonly onConfirmedNew: (sid: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AgeVerification {
  /** Something may wait for its age. May be called at any time. */
  wake(): void;
  settled(): Promise<void>;
}

/**
 * Checks the age of unknown SIDs. On a first start or after the journal was lost, earlier webhooks are not known, so a
 * webhook with an unknown SID may be a captured one that is sent again. Twilio is therefore asked for the SID's age
 * before the event is fired.
 */
export function createAgeVerification(options: AgeVerificationOptions, signal: AbortSignal): AgeVerification {
  const { journal, ages: source } = options;
  const terms = { isFirstStart: journal.isFirstStart, isProvider: options.isProvider };
  let isAwake = false;
  let running: Promise<void> | null = null;
  /** Attempts per SID that did not give an age. Twilio may not find a message or call yet that is only a second old. */
  const tries = new Map<string, number>();
  /** Said already. */
  let isAway = false;

  async function proveAll(): Promise<void> {
    while (isAwake && !signal.aborted) {
      isAwake = false;
      const sids = journal.unverifiedSids(AT_ONCE);
      if (sids.length === 0) return tries.clear();
      const asked = await Promise.all(sids.map(askAge));
      const ages = asked.filter((age) => age !== null);
      for (const { sid } of ages) tries.delete(sid);
      const young = await journal.saveAges(ages);
      options.onVerified();
      await Promise.all(young.map(options.onConfirmedNew));
      if (ages.length < sids.length) await options.clock.wait(TRY_AGAIN_MS, signal);
      isAwake = true;
    }
  }

  /** Null where it is to be asked for again. */
  async function askAge(of: UnverifiedSid): Promise<SidAge | null> {
    const { sid } = of;
    const tried = (tries.get(sid) ?? 0) + 1;
    tries.set(sid, tried);
    try {
      const createdAt = await source.createdAt(of);
      isAway = false;
      if (typeof createdAt === "number") return { sid, createdAt };
      if (mayProceedWithoutAge(of, createdAt, terms)) return { sid, createdAt: "untold" };
      return tried > 1 ? { sid, createdAt: "unknown" } : null;
    } catch {
      if (tried >= MOST_TRIES && mayProceedWithoutAge(of, "away", terms)) return { sid, createdAt: "untold" };
      if (!isAway)
        options.logger.warning(
          `Twilio does not answer how old ${sid} is, so its webhook waits.`,
          "age unknown",
        );
      isAway = true;
      return null;
    }
  }

  return {
    wake() {
      isAwake = true;
      running ??= proveAll()
        .catch((error: unknown) =>
          options.logger.error(
            `The age of messages or calls could not be checked: ${String(error)}`,
            "ages not proven",
          ),
        )
        .finally(() => {
          running = null;
        });
    },
    settled: async () => {
      await running;
    },
  };
}

/** What a webhook is about whose age has to be asked for. */
export interface UnverifiedSid {
  readonly sid: string;
  readonly isCall: boolean;
}

/**
 * When Twilio made it, in milliseconds since 1970. `unknown`: Twilio knows nothing of it; `forbidden`: the credentials
 * may not ask.
 */
export type CreatedAt = number | "unknown" | "forbidden";

/**
 * The result of the age check. `unknown`: Twilio does not know the SID, so its webhook must not act; `untold`: the age
 * cannot be found out, and the webhook may act.
 */
export interface SidAge {
  readonly sid: string;
  readonly createdAt: number | "unknown" | "untold";
}

/**
 * Whether a webhook is processed although its age cannot be found out. Allowed on a first start only: an API key that
 * may only send, a provider without look-ups, or a SID that appears in no list must not delay every webhook for ever.
 */
export function mayProceedWithoutAge(
  { sid }: UnverifiedSid,
  answer: Exclude<CreatedAt, number> | "away",
  { isFirstStart, isProvider }: { readonly isFirstStart: boolean; readonly isProvider: boolean },
): boolean {
  if (!isFirstStart) return false;
  return isProvider || answer === "forbidden" || !/^(SM|MM|CA)[0-9a-f]{32}$/.test(sid);
}
