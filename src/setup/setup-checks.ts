import type { Clock } from "../domain/clock.ts";
import type { OwnScripts, ScriptEditor } from "../provisioning/ports.ts";
import { areChecksSettled } from "./are-checks-settled.ts";
import { createCachedCheck } from "./cached-check.ts";
import type { CachedCheck } from "./cached-check.ts";
import type { ScriptsCheck, SetupChecks } from "./checks.ts";
import type { AccountNumbers, AccountProbe, CheckCoreEntry, ReachAddress } from "./ports.ts";

/**
 * How long the results of the checks are fresh, in milliseconds. `settled`: after results that `areChecksSettled`
 * accepts. `else`: after other results, because the user may be solving a problem.
 */
const FRESH_MS = { settled: 300_000, else: 30_000 };
const DAY_MS = 86_400_000;

export interface SetupChecksOptions {
  readonly account: AccountProbe;
  readonly numbers: Pick<AccountNumbers, "list">;
  readonly scripts: Pick<ScriptEditor, "isLoaded">;
  readonly ownScripts: Pick<OwnScripts, "ids">;
  readonly checkCoreEntry: CheckCoreEntry;
  readonly reachAddress: ReachAddress;
  readonly isHomeAssistantRunning: () => boolean;
  /** The app's public address; null if the app does not know it. */
  readonly publicAddress: () => string | null;
  /** All public addresses at which Twilio reaches the app. */
  readonly bases: () => readonly string[];
  /** When the last webhook with a valid signature came, in milliseconds since 1970; null if none ever came. */
  readonly lastSignedAt: () => number | null;
  readonly clock: Clock;
}

/**
 * Creates the checks of the page Setup, which ask Twilio, Home Assistant and the public address. They send no request
 * before a user opens the page.
 */
export function createSetupChecks(options: SetupChecksOptions): CachedCheck<SetupChecks> {
  const { account, numbers, scripts, reachAddress, isHomeAssistantRunning, publicAddress, clock } = options;

  async function ask(): Promise<SetupChecks> {
    const base = publicAddress();
    const [described, reach, failure, loaded, coreEntry, listed] = await Promise.all([
      account.describe(),
      base === null ? null : reachAddress(base),
      base === null ? null : account.newestFailure(base, clock.now() - DAY_MS),
      checkScripts(),
      isHomeAssistantRunning() ? options.checkCoreEntry() : ("unknown" as const),
      numbers.list(),
    ]);
    return { account: described, reach, failure, scripts: loaded, coreEntry, numbers: listed };
  }

  async function checkScripts(): Promise<ScriptsCheck> {
    if (!isHomeAssistantRunning()) return { kind: "unknown" };
    try {
      const { signal } = new AbortController();
      const ids = await options.ownScripts.ids();
      const runs = await Promise.all(ids.map((id) => scripts.isLoaded(id, signal)));
      const names = ids.filter((_id, index) => runs[index] === null);
      return names.length === 0 ? { kind: "loaded" } : { kind: "missing", names };
    } catch {
      return { kind: "unknown" };
    }
  }

  function freshMs(checks: SetupChecks): number {
    const isSettled = areChecksSettled(checks, options.bases(), options.lastSignedAt());
    return isSettled ? FRESH_MS.settled : FRESH_MS.else;
  }

  return createCachedCheck({ ask, freshMs, clock });
}
