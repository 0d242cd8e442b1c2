import type { Clock } from "../domain/clock.ts";
import type { EventData } from "../domain/events/event.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Transport } from "../domain/transport.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createRestClient } from "../home-assistant/connection/rest-client.ts";
import { createScripts } from "../home-assistant/scripts/scripts.ts";
import type { Journal } from "../journal/journal.ts";
import type { Options } from "../options/options.ts";
import type { Notifier } from "../outbound/notify/notify-call.ts";
import { areChecksSettled } from "../panel/setup/are-checks-settled.ts";
import type { SetupPorts } from "../panel/setup/ports.ts";
import { createCachedCheck } from "../setup/cached-check.ts";
import type { ScriptsCheck, SetupChecks } from "../setup/checks.ts";
import { createNumberSetup } from "../setup/set-up-number.ts";
import { createTestSends } from "../setup/test-sends.ts";
import { describeAccount } from "../twilio/account/describe.ts";
import { newestFailure } from "../twilio/account/newest-failure.ts";
import { createNumberWebhooks } from "../twilio/account/number-webhooks.ts";
import { reachPublicAddress } from "../twilio/account/reach-public-address.ts";
import type { TwilioApi } from "../twilio/rest/client.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";

/**
 * However often somebody looks, Twilio, Home Assistant and the public address are asked once in this time, in ms: soon
 * again as long as somebody may be mending something.
 */
const FRESH_MS = { settled: 300_000, else: 30_000 };
const DAY_MS = 86_400_000;
/** One answer of Home Assistant may take so long, in milliseconds. */
const ANSWER_MS = 5_000;

const SCRIPTS = ["twilio_send_message", "twilio_make_call", "twilio_talk"];

export interface PanelSetupDependencies {
  readonly options: Options;
  readonly journal: Pick<Journal, "canKeep" | "waiting" | "facts" | "statuses" | "progressOf">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "info" | "running" | "request">;
  /** Of Home Assistant's REST API. */
  readonly access: { readonly url: string; readonly token: string };
  readonly address: Pick<PublicAddress, "current" | "source" | "forget">;
  readonly api: () => Promise<TwilioApi>;
  /** What the public listener says at `/health`. */
  readonly identity: string;
  readonly outbound: {
    request(data: EventData): void;
    readonly notifiers: {
      pausedBecause(notifier: Notifier): string | null;
      isMissing(notifier: Notifier): boolean | null;
    };
  };
  /** When the last webhook with a valid signature came, in milliseconds since 1970; null if none ever did. */
  readonly lastSignedAt: () => number | null;
  readonly hash: (text: string) => string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What the panel's first page shows and does. Nothing is asked before somebody looks. */
export function createPanelSetup(parts: PanelSetupDependencies): SetupPorts["setup"] {
  const { options, journal, homeAssistant, access, address, api, outbound, transport, clock } = parts;
  const numbers = createNumberWebhooks(api);
  const scripts = createScripts(
    createRestClient({ ...access, timeoutMs: ANSWER_MS, transport, clock }),
    homeAssistant.request,
    ANSWER_MS,
    clock,
  );

  async function look(): Promise<SetupChecks> {
    const base = address.current();
    const [account, reach, failure, loaded, listed] = await Promise.all([
      describeAccount(api),
      base === null ? null : reachPublicAddress(base, parts.identity, { transport, clock }),
      base === null ? null : newestFailure(api, base, clock.now() - DAY_MS),
      scriptsLoaded(),
      numbers.list(),
    ]);
    return { account, reach, failure, scripts: loaded, numbers: listed };
  }

  async function scriptsLoaded(): Promise<ScriptsCheck> {
    if (!homeAssistant.running) return { kind: "unknown" };
    try {
      const { signal } = new AbortController();
      const runs = await Promise.all(SCRIPTS.map((id) => scripts.isLoaded(id, signal)));
      const names = SCRIPTS.filter((_id, index) => runs[index] === null);
      return names.length === 0 ? { kind: "loaded" } : { kind: "missing", names };
    } catch {
      return { kind: "unknown" };
    }
  }

  function freshMs(checks: SetupChecks): number {
    const isSettled = areChecksSettled(checks, address.current(), parts.lastSignedAt());
    return isSettled ? FRESH_MS.settled : FRESH_MS.else;
  }

  return {
    checks: createCachedCheck({ ask: look, freshMs, clock }),
    notifiers: () =>
      options.notifiers.map((notifier) => ({
        name: notifier.name,
        type: notifier.type,
        isPaused: outbound.notifiers.pausedBecause(notifier) !== null,
        isMissing: outbound.notifiers.isMissing(notifier),
      })),
    numbers: createNumberSetup({
      ...numbers,
      load: () => journal.facts.get("numbers_before"),
      save: (json) => journal.facts.set("numbers_before", json),
      publicAddress: address.current,
      hash: parts.hash,
      logger: parts.logger,
    }),
    forgetAddress() {
      const forgotten = address.forget();
      if (forgotten !== null)
        parts.logger.info(`Forgot the address ${forgotten}; the app learns it anew from the next webhooks.`);
    },
    test: {
      contacts: options.contacts.map(({ name }) => name),
      ...createTestSends({
        request: outbound.request,
        progressOf: journal.progressOf,
        latest: journal.statuses.of,
        isAway: () => !homeAssistant.running,
        hash: parts.hash,
        clock,
      }),
    },
  };
}
