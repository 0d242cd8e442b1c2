import { readFileSync } from "node:fs";
import { join } from "node:path";

import { goodbyeIn } from "../calls/goodbye.ts";
import type { PublishEvent } from "../domain/events/app-event.ts";
import type { ProblemWatch } from "../health/watch-problems.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createHouseWebhook } from "../home-assistant/webhook/house-webhook.ts";
import { createRelayNotes } from "../home-assistant/webhook/relay-notes.ts";
import { createDailyCount } from "../inbound/relay/daily-count.ts";
import type { TwilioClock } from "../inbound/relay/ports.ts";
import { createRelayInbox } from "../inbound/relay/relay-inbox.ts";
import type { Journal } from "../journal/journal.ts";
import { createRelayCheck } from "../setup/relay/check-relay.ts";
import { createRelayNumbers } from "../setup/relay/relay-numbers.ts";
import { createRelayPlanner } from "../setup/relay/relay-plan.ts";
import { relayBase } from "../setup/relay/relay-record.ts";
import type { RelayMemory } from "../setup/relay/relay-record.ts";
import { relayVersionIn } from "../setup/relay/relay-source.ts";
import { createRelay } from "../setup/relay/relay.ts";
import type { Relay } from "../setup/relay/relay.ts";
import { createRelayRemover } from "../setup/relay/remove-relay.ts";
import { createRelayInstaller } from "../setup/relay/set-up-relay.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { createFunctionHosting } from "../twilio/relay/function-hosting.ts";
import { createRelayProbe } from "../twilio/relay/relay-probe.ts";
import { createRelayWebhooks } from "../twilio/relay/relay-webhooks.ts";
import { createSyncAnswers } from "../twilio/relay/sync-answers.ts";
import { createSyncHosting } from "../twilio/relay/sync-hosting.ts";
import { spokenTwiml } from "../twilio/twiml/spoken-twiml.ts";
import type { Calls } from "./calls.ts";
import type { AppSettings } from "./process/settings.ts";
import type { OpenedIntake } from "./webhook-intake.ts";

export interface RelayDependencies {
  readonly settings: Pick<
    AppSettings,
    "options" | "secrets" | "addonDir" | "transport" | "clock" | "chance" | "logger"
  >;
  readonly journal: Pick<Journal, "settings">;
  readonly memory: RelayMemory;
  readonly homeAssistant: HomeAssistantConnection;
  readonly account: TwilioAccount;
  readonly twilioClock: TwilioClock;
  readonly intake: OpenedIntake["intake"];
  readonly calls: Pick<Calls, "endNotReached" | "held">;
  readonly problems: Pick<ProblemWatch, "relayBusy" | "relayCalm">;
  /** What the app speaks, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly publish: PublishEvent;
  readonly hash: (text: string) => string;
}

/** Joins the webhook relay: what it brings is heard, and what the user does with it is done. */
export function startRelay(parts: RelayDependencies): Relay {
  const { settings, journal, memory, homeAssistant, account, twilioClock, calls, language, hash } = parts;
  const { options, secrets, transport, clock, chance, logger } = settings;
  const text = readFileSync(join(settings.addonDir, "relay", "relay.js"), "utf8");
  const source = { text, version: relayVersionIn(text) ?? 0 };
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
  const answers = createSyncAnswers({
    client: account.cloud,
    service: () => memory.get()?.deployed?.answers ?? null,
    clock,
    logger,
  });
  const daily = createDailyCount({
    limit: options.relay.perDay,
    onBeyond: parts.problems.relayBusy,
    onNewDay: parts.problems.relayCalm,
    clock,
  });
  const inbox = createRelayInbox({
    keys: { key: () => memory.get()?.key ?? null },
    handler: createRelayWebhooks({
      intake: parts.intake,
      tokens: account.signatureTokens,
      base: () => relayBase(memory),
      ages: account,
      endNotReached: calls.endNotReached,
      twilioClock,
      clock,
      logger,
    }),
    answers,
    isHomeAssistantRunning: () => homeAssistant.running,
    onNote: daily.add,
    twilioClock,
    clock,
    logger,
  });
  const name = async (): Promise<string> =>
    `home-assistant-${hash(await house.installationId()).slice(0, 8)}`;
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
  const notes = createRelayNotes(homeAssistant);
  let listening: { readonly id: string; readonly end: () => void } | null = null;

  /** Listens to Home Assistant's webhook as long as there is a relay. */
  function listen(): void {
    const id = memory.get()?.webhookId ?? null;
    if (listening?.id === id) return;
    listening?.end();
    listening = id === null ? null : { id, end: notes.listen(id, inbox.receive) };
    inbox.reopened();
  }

  function listenAgain(): void {
    listening?.end();
    listening = null;
    listen();
  }

  function changed(): void {
    listen();
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
      listenAgain,
      logger,
    }),
    probe,
    renewPresence: answers.renewPresence,
    onState: () => parts.publish({ kind: "setting_learned", setting: "public_address" }),
    clock,
    logger,
  });
  listen();
  const endRunning = homeAssistant.onRunning(() => {
    inbox.reopened();
    relay.checkSoon();
  });
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
      listening?.end();
      await relay[Symbol.asyncDispose]();
      await inbox.settled();
    },
  };
}
