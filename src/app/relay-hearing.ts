import type { ProblemWatch } from "../health/watch-problems.ts";
import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createRelayNotes } from "../home-assistant/webhook/relay-notes.ts";
import { createDailyCount } from "../inbound/relay/daily-count.ts";
import type { TwilioClock } from "../inbound/relay/ports.ts";
import { createRelayInbox } from "../inbound/relay/relay-inbox.ts";
import type { Journal } from "../journal/journal.ts";
import { relayBase } from "../setup/relay/relay-record.ts";
import type { RelayMemory } from "../setup/relay/relay-record.ts";
import type { TwilioAccount } from "../twilio/account/account.ts";
import { createRelayWebhooks } from "../twilio/relay/relay-webhooks.ts";
import { createSyncAnswers } from "../twilio/relay/sync-answers.ts";
import type { SyncAnswers } from "../twilio/relay/sync-answers.ts";
import type { Calls } from "./calls.ts";
import type { AppSettings } from "./process/settings.ts";
import type { OpenedIntake } from "./webhook-intake.ts";

/** How long a stopping app waits until its last answers for the relay are written, in milliseconds. */
const STOP_PATIENCE_MS = 1_000;

export interface RelayHearingDependencies {
  readonly settings: Pick<AppSettings, "options" | "clock" | "logger">;
  readonly journal: Pick<Journal, "relayNotes">;
  readonly memory: Pick<RelayMemory, "get">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "running" | "onRunning" | "subscribeTrigger">;
  readonly account: TwilioAccount;
  readonly twilioClock: TwilioClock;
  readonly intake: OpenedIntake["intake"];
  readonly calls: Pick<Calls, "endNotReached">;
  readonly problems: Pick<ProblemWatch, "relayBusy" | "relayCalm">;
  /** Fetches messages and calls whose webhooks the relay (the app's program at Twilio) could not deliver. */
  readonly backfill: () => void;
}

export interface RelayHearing extends AsyncDisposable {
  readonly renewPresence: SyncAnswers["renewPresence"];
  /** Listens to the webhook that Home Assistant has for the present relay. Without a relay, it ends listening. */
  listen(): void;
  /** Ends listening to the webhook that Home Assistant has for the relay, and begins again. */
  listenAgain(): void;
}

/**
 * Receives the relay's notes (encrypted webhooks) and answers them. Disposing waits for the answers to received notes.
 */
export function startRelayHearing(parts: RelayHearingDependencies): RelayHearing {
  const { settings, memory, homeAssistant, account, twilioClock, calls } = parts;
  const { options, clock, logger } = settings;
  const answers = createSyncAnswers({
    client: account.cloud,
    service: () => memory.get()?.deployed?.answers ?? null,
    clock,
    logger,
  });
  const daily = createDailyCount({
    limit: options.relay.perDay,
    memory: parts.journal.relayNotes,
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
  let listening: { readonly id: string; readonly end: () => void } | null = null;

  /** Listens to the webhook that Home Assistant has for the present relay. Without a relay, it ends listening. */
  function listen(): void {
    const id = memory.get()?.webhookId ?? null;
    if (listening?.id === id) return;
    listening?.end();
    listening = id === null ? null : { id, end: createRelayNotes(homeAssistant).listen(id, inbox.receive) };
    inbox.reopened();
  }

  function listenAgain(): void {
    listening?.end();
    listening = null;
    listen();
  }

  listen();
  /**
   * Called when Home Assistant runs again. Fetches messages and calls that the app may have missed, because the relay
   * gives up a webhook after 8 s.
   */
  function hearAgain(): void {
    inbox.reopened();
    if (listening !== null) parts.backfill();
  }

  const endRunning = homeAssistant.onRunning(hearAgain);
  return {
    renewPresence: answers.renewPresence,
    listen,
    listenAgain,
    async [Symbol.asyncDispose]() {
      endRunning();
      listening?.end();
      const enough = new AbortController();
      await Promise.race([inbox.settled(), clock.wait(STOP_PATIENCE_MS, enough.signal)]);
      enough.abort();
    },
  };
}
