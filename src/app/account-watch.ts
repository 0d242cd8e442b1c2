import type { Contacts } from "../contacts/open-contacts.ts";
import { dismissAfterCalm } from "../health/dismiss-after-calm.ts";
import { sendersInUse } from "../health/senders-in-use.ts";
import { watchAccountAfterStart } from "../health/watch-account.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { createAccountChecks } from "../twilio/account/warnings.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

export interface AccountWatchDependencies {
  readonly settings: Pick<AppSettings, "options" | "calmAfterMs" | "clock">;
  readonly contacts: Pick<Contacts, "all">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "info" | "onRunning">;
  readonly account: Pick<TwilioAccount, "api" | "newestFailure">;
  readonly problems: ProblemWatch;
  readonly address: Pick<PublicAddress, "current">;
}

/**
 * Starts the checks of the Twilio account, except for accounts of other providers. They look for account warnings every
 * day, and for webhooks that Twilio could not deliver every hour. Also dismisses the notification about wrong
 * signatures after a time without a wrong signature. Disposing stops both.
 */
export function startAccountWatch(parts: AccountWatchDependencies): Disposable {
  const { settings, homeAssistant, account, problems, address } = parts;
  const { options, calmAfterMs, clock } = settings;
  const stopping = new AbortController();
  const isRunning = Promise.withResolvers<void>();
  const stops = [
    homeAssistant.onRunning(() => isRunning.resolve()),
    homeAssistant.onRunning(problems.raiseAgain),
  ];
  if (options.apiBaseUrl === null) {
    void watchAccountAfterStart(
      {
        homeAssistantRuns: isRunning.promise,
        calmAfterMs,
        account,
        publicAddress: address.current,
        checks: createAccountChecks({
          api: account.api,
          senders: sendersInUse(options),
          destinationCountries,
        }),
        problems,
        clock,
      },
      stopping.signal,
    );
  }
  void dismissAfterCalm(problems, clock, stopping.signal);

  async function destinationCountries() {
    // Import this at its first use, because its tables of phone numbers take much memory.
    const { contactCountries } = await import("../contacts/numbers/countries.ts");
    return contactCountries(parts.contacts.all(), homeAssistant.info?.country ?? null);
  }

  return {
    [Symbol.dispose]() {
      for (const stop of stops) stop();
      stopping.abort();
    },
  };
}
