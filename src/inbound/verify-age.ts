import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { AgeJournal, AgeSource } from "./ports.ts";

const BATCH_SIZE = 10;
const RETRY_MS = 2_000;
/**
 * After this number of requests without an answer of Twilio, the app processes the webhook without knowing its age, if
 * `mayProceedWithoutAge` allows that.
 */
const MAX_TRIES = 5;

export interface AgeVerificationOptions {
  /** The journal (the app's database). Its method `saveAges` rejects only if the app stops or a retry cannot help. */
  readonly journal: AgeJournal;
  readonly ages: AgeSource;
  /** Whether the app uses another provider with Twilio's API. Such a provider may not support look-ups. */
  readonly isProvider: boolean;
  readonly onVerified: () => void;
  /** Called with the SID of each message or call that is too young to be a replay, or whose age is `untold`. */
  readonly onConfirmedNew: (sid: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AgeVerification {
  /** Starts the age check, because a webhook may wait for it. May be called at any time. */
  wake(): void;
  settled(): Promise<void>;
}

/**
 * Checks the age of a message or call if the journal (the app's database) does not know its SID. After a first start or
 * the loss of a journal, a webhook with an unknown SID may be new or a replay. So before the webhook's event is fired,
 * the app asks Twilio when the message or call was created.
 */
export function createAgeVerification(options: AgeVerificationOptions, signal: AbortSignal): AgeVerification {
  const { journal, ages: source } = options;
  const terms = { isFirstStart: journal.isFirstStart, isProvider: options.isProvider };
  let isAwake = false;
  let running: Promise<void> | null = null;
  /**
   * How often Twilio was asked about each SID without giving an age. Twilio may not yet find a message or call that is
   * only a second old.
   */
  const tries = new Map<string, number>();
  /** Whether it has been logged that Twilio does not answer. */
  let isAway = false;

  async function verifyAll(): Promise<void> {
    while (isAwake && !signal.aborted) {
      isAwake = false;
      const sids = journal.unverifiedSids(BATCH_SIZE);
      if (sids.length === 0) return tries.clear();
      const asked = await Promise.all(sids.map(askAge));
      const ages = asked.filter((age) => age !== null);
      for (const { sid } of ages) tries.delete(sid);
      const young = await journal.saveAges(ages);
      options.onVerified();
      await Promise.all(young.map(options.onConfirmedNew));
      if (ages.length < sids.length) await options.clock.wait(RETRY_MS, signal);
      isAwake = true;
    }
  }

  /** The result of the age check; null if the check must be repeated. */
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
      if (tried >= MAX_TRIES && mayProceedWithoutAge(of, "away", terms)) return { sid, createdAt: "untold" };
      if (!isAway)
        options.logger.warning(
          `Twilio did not say when ${sid} was created, so the event of this message or call waits. The app asks again.`,
          "age unknown",
        );
      isAway = true;
      return null;
    }
  }

  return {
    wake() {
      isAwake = true;
      running ??= verifyAll()
        .catch((error: unknown) =>
          options.logger.error(
            `The app checks the age of some messages and calls before it fires their events. An error in the app stopped this check, so events may wait. The app tries again with the next webhook. The error was: ${String(error)}`,
            "ages not verified",
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

/** A message or call whose age the app does not know. */
export interface UnverifiedSid {
  readonly sid: string;
  readonly isCall: boolean;
}

/**
 * When Twilio created a message or call, in milliseconds since 1970 by this machine's clock. `unknown`: Twilio does not
 * find it. `forbidden`: the credentials do not allow the look-up.
 */
export type CreatedAt = number | "unknown" | "forbidden";

/**
 * The result of the age check of a message or call. `unknown`: Twilio does not find it or forbids the look-up, so
 * automations must not act on its webhook. `untold`: the age cannot be read, but automations may act on the webhook.
 */
export interface SidAge {
  readonly sid: string;
  readonly createdAt: number | "unknown" | "untold";
}

/**
 * Whether the app processes a webhook whose age it cannot read. It does so only in a new installation. Without this
 * exception, webhooks would wait forever if the provider has no look-ups, or if the API key may only send.
 */
export function mayProceedWithoutAge(
  { sid }: UnverifiedSid,
  answer: Exclude<CreatedAt, number> | "away",
  { isFirstStart, isProvider }: { readonly isFirstStart: boolean; readonly isProvider: boolean },
): boolean {
  if (!isFirstStart) return false;
  return isProvider || answer === "forbidden" || !/^(SM|MM|CA)[0-9a-f]{32}$/.test(sid);
}
