import { goodbyeIn } from "../calls/goodbye.ts";
import type { PublishEvent } from "../domain/events/app-event.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createHouseWebhook } from "../home-assistant/webhook/house-webhook.ts";
import type { TwilioClock } from "../inbound/relay/ports.ts";
import type { Journal } from "../journal/journal.ts";
import { createRelayCheck } from "../setup/relay/check-relay.ts";
import { createRelayNumbers } from "../setup/relay/relay-numbers.ts";
import { createRelayPlanner } from "../setup/relay/relay-plan.ts";
import { relayBase } from "../setup/relay/relay-record.ts";
import type { RelayMemory } from "../setup/relay/relay-record.ts";
import { createRelay } from "../setup/relay/relay.ts";
import type { Relay } from "../setup/relay/relay.ts";
import { createRelayRemover } from "../setup/relay/remove-relay.ts";
import { createRelayInstaller } from "../setup/relay/set-up-relay.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { createFunctionHosting } from "../twilio/relay/function-hosting.ts";
import { createRelayProbe } from "../twilio/relay/relay-probe.ts";
import { createSyncHosting } from "../twilio/relay/sync-hosting.ts";
import { spokenTwiml } from "../twilio/twiml/spoken-twiml.ts";
import type { Calls } from "./calls.ts";
import type { AppSettings } from "./process/settings.ts";
import { startRelayHearing } from "./relay-hearing.ts";
import { openShippedRelay } from "./shipped-relay.ts";
import type { OpenedIntake } from "./webhook-intake.ts";

export interface RelayDependencies {
  readonly settings: Pick<
    AppSettings,
    "options" | "secrets" | "addonDir" | "transport" | "clock" | "chance" | "logger"
  >;
  readonly journal: Pick<Journal, "settings" | "relayNotes">;
  readonly memory: RelayMemory;
  readonly homeAssistant: HomeAssistantConnection;
  readonly account: TwilioAccount;
  readonly twilioClock: TwilioClock;
  readonly intake: OpenedIntake["intake"];
  readonly calls: Pick<Calls, "endNotReached" | "held">;
  readonly problems: Pick<ProblemWatch, "relayBusy" | "relayCalm">;
  /**
   * Fetches messages and calls whose webhooks the relay (the app's program at Twilio) could not deliver, at most once a
   * minute.
   */
  readonly backfill: () => void;
  /** Called after the app may have changed settings of numbers at Twilio. */
  readonly onNumbersChanged: () => void;
  /** The language that the app speaks on calls, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly publish: PublishEvent;
  readonly hash: (text: string) => string;
}

/**
 * Connects the webhook relay (the app's small program at Twilio) with the app. The app receives the relay's webhooks,
 * and the user can set up and remove the relay.
 */
export function startRelay(parts: RelayDependencies): Relay {
  const { settings, journal, memory, homeAssistant, account, twilioClock, calls, language, hash } = parts;
  const { options, secrets, transport, clock, chance, logger } = settings;
  const source = openShippedRelay(settings.addonDir);
  const hosting = createFunctionHosting(account.cloud, () => chance.uuid());
  const sync = createSyncHosting(account.cloud);
  const house = createHouseWebhook(homeAssistant.request);
  const numbers = createRelayNumbers({
    numbers: account.numberWebhooks,
    memory: journal.settings,
    logger,
  });
  const probe = createRelayProbe({
    accountSid: account.sid,
    token: secrets.authToken.reveal(),
    transport,
    chance,
    clock,
  });
  const hearing = startRelayHearing({
    settings,
    journal,
    memory,
    homeAssistant,
    account,
    twilioClock,
    intake: parts.intake,
    calls,
    problems: parts.problems,
    backfill: parts.backfill,
  });
  const name = async (): Promise<string> =>
    memory.get()?.name ?? `home-assistant-${hash(await house.installationId()).slice(0, 8)}`;
  const webhookId = journal.settings.setIfAbsent("webhook_id", chance.bytes(32).toString("hex"));
  const owner = hash(`owner of the relay ${webhookId}`).slice(0, 16);
  const installer = createRelayInstaller({
    house,
    hosting,
    sync,
    numbers,
    probe,
    memory,
    source,
    name,
    owner,
    awayTwiml() {
      const { text: say, language: spoken } = goodbyeIn(language());
      return spokenTwiml({ say, language: spoken });
    },
    hash,
    onChanged: changed,
    chance,
    clock,
  });
  function changed(): void {
    hearing.listen();
    parts.publish({ kind: "setting_learned", setting: "public_address" });
  }

  const relay = createRelay({
    memory,
    plan: createRelayPlanner({
      isProvider: options.apiBaseUrl !== null,
      region: options.region,
      house,
      hosting,
      sync,
      numbers: account.numberWebhooks,
      name,
      owner,
      base: () => relayBase(memory),
    }),
    setUp: installer.setUp,
    remove: createRelayRemover({
      house,
      hosting,
      sync,
      numbers,
      memory,
      name,
      heldCalls: calls.held,
      onChanged: changed,
      clock,
    }),
    check: createRelayCheck({
      house,
      hosting,
      memory,
      source,
      owner,
      hash,
      redeploy: installer.redeploy,
      listenAgain: hearing.listenAgain,
      logger,
    }),
    probe,
    renewPresence: hearing.renewPresence,
    onNumbersChanged: parts.onNumbersChanged,
    onWorksAgain: parts.backfill,
    onState: () => parts.publish({ kind: "setting_learned", setting: "public_address" }),
    clock,
    logger,
  });
  const endRunning = homeAssistant.onRunning(relay.checkSoon);
  const endConfig = homeAssistant.subscribeTrigger(
    { platform: "event", event_type: "core_config_updated" },
    relay.checkSoon,
  );
  return {
    state: relay.state,
    plan: relay.plan,
    setUp: relay.setUp,
    remove: relay.remove,
    checkSoon: relay.checkSoon,
    async [Symbol.asyncDispose]() {
      endRunning();
      endConfig();
      await relay[Symbol.asyncDispose]();
      await hearing[Symbol.asyncDispose]();
    },
  };
}
