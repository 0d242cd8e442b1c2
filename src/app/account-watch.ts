import { normalizeSender } from "../domain/address/normalize-sender.ts";
import type { Clock } from "../domain/clock.ts";
import { watchAccount } from "../health/watch-account.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import type { Options } from "../options/options.ts";
import { newestFailure } from "../twilio/account/newest-failure.ts";
import { createAccountChecks } from "../twilio/account/warnings.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";

/** Home Assistant's country decides what is looked up, but what Twilio says is worth knowing without it, too. */
const HOME_ASSISTANT_WITHIN_MS = 300_000;
/** A start has other things to do first: loading Twilio's client takes memory and time. */
const CALM_AFTER_MS = 10_000;
/** How often the end of a calm time is looked for, in milliseconds. */
const LOOK_FOR_CALM_MS = 60_000;

export interface AccountWatchDependencies {
  readonly options: Options;
  readonly homeAssistant: HomeAssistantConnection;
  readonly api: () => Promise<TwilioApi>;
  readonly problems: ProblemWatch;
  readonly publicAddress: () => string | null;
  /** Shortened by tests. */
  readonly calmAfterMs?: number | undefined;
  readonly clock: Clock;
}

/**
 * Begins to watch the account at Twilio, which a compatible provider does not have, and for the end of trouble with
 * signatures. Ends when disposed.
 */
export function startAccountWatch(parts: AccountWatchDependencies): Disposable {
  const { options, homeAssistant, api, problems, publicAddress, clock } = parts;
  const stopping = new AbortController();
  const isRunning = Promise.withResolvers<void>();
  const stops = [
    homeAssistant.onRunning(() => isRunning.resolve()),
    homeAssistant.onRunning(problems.raiseAgain),
  ];
  if (options.apiBaseUrl === null) void watch(stopping.signal);
  void dismissAfterCalm(stopping.signal);

  async function dismissAfterCalm(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.wait(LOOK_FOR_CALM_MS, signal);
      if (!signal.aborted) problems.dismissAfterCalm();
    }
  }

  async function watch(signal: AbortSignal): Promise<void> {
    await Promise.race([isRunning.promise, clock.wait(HOME_ASSISTANT_WITHIN_MS, signal)]);
    await clock.wait(parts.calmAfterMs ?? CALM_AFTER_MS, signal);
    await watchAccount(
      {
        async newestFailure(since) {
          const base = publicAddress();
          return base === null ? null : await newestFailure(api, base, since);
        },
        onFailure: problems.webhookFailed,
        checks: createAccountChecks({ api, senders: sendersOf(options), destinationCountries }),
        onWarnings: problems.accountWarnings,
        clock,
      },
      signal,
    );
  }

  async function destinationCountries() {
    // Loaded when first needed: its tables of numbers take memory.
    const { contactCountries } = await import("../contacts/numbers/countries.ts");
    return contactCountries(options.contacts, homeAssistant.info?.country ?? null);
  }

  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
      stopping.abort();
    },
  };
}

function sendersOf({ defaultSender, notifiers }: Options): string[] {
  const ofNotifiers = notifiers.filter(({ type }) => type === "sms").map(({ fromNumber }) => fromNumber);
  return [
    ...new Set([...(defaultSender === null ? [] : [defaultSender]), ...ofNotifiers].map(normalizeSender)),
  ];
}
