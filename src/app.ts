import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { contactOf } from "./domain/contact-of.ts";
import type { Logger } from "./domain/logger.ts";
import type { NotifyCall } from "./domain/notify-call.ts";
import { spokenLanguage } from "./domain/spoken-language.ts";
import { createNotifyCallAcceptor } from "./flows/accept-notify-call.ts";
import { createEventDelivery } from "./flows/deliver-events.ts";
import { createWebhookReceiver } from "./flows/receive-webhooks.ts";
import { failureNotification } from "./flows/report-failures.ts";
import type { Notification } from "./flows/report-failures.ts";
import { createCommandRunner } from "./flows/run-commands.ts";
import { createCorePlatformWatch } from "./flows/watch-core-platforms.ts";
import { connectHomeAssistant } from "./home-assistant/connect-home-assistant.ts";
import type { HomeAssistantConnection } from "./home-assistant/connect-home-assistant.ts";
import { corePlatformsLoaded } from "./home-assistant/core-platforms.ts";
import { fireOutcome } from "./home-assistant/fire-outcome.ts";
import { listenForNotifyCalls } from "./home-assistant/notify-calls.ts";
import { dismissNotification, raiseNotification } from "./home-assistant/persistent-notification.ts";
import type { Timings } from "./home-assistant/timings.ts";
import { createCommandQueue } from "./journal/command-queue.ts";
import { createEventLog } from "./journal/event-log.ts";
import { createKeptFacts } from "./journal/kept-facts.ts";
import { openJournal } from "./journal/open-journal.ts";
import type { Options, Secrets } from "./options/options.ts";
import { answerWebhook } from "./twilio/answer-webhook.ts";
import type { Otherwise } from "./twilio/answer-webhook.ts";
import { createSender } from "./twilio/create-sender.ts";
import { listen } from "./twilio/listen.ts";
import { createPublicAddress } from "./twilio/public-address.ts";
import type { TwilioAccount } from "./twilio/twilio-client.ts";
import { createWebhookApp } from "./twilio/webhook-app.ts";

/** How long, in milliseconds, a stopping app waits for answers that are on their way. */
const STOP_PATIENCE_MS = 3_000;

/** An event that did not get through goes again when Home Assistant is back, or after this. */
const DELIVER_AGAIN_MS = 1_000;

export interface AppSettings {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly dataDir: string;
  readonly webhookPort: number;
  readonly listenHost: string;
  readonly logger: Logger;
  /** Shortened by tests. */
  readonly timings?: Partial<Timings>;
}

export interface App extends AsyncDisposable {
  /** The port really bound, where 0 was asked for. */
  readonly webhookPort: number;
}

/** Builds every part, joins them and starts listening. Disposing ends intake first, then waits, then closes. */
export async function startApp(settings: AppSettings): Promise<App> {
  const { logger, options } = settings;
  const now = (): number => Date.now();
  await using undo = new AsyncDisposableStack();

  const journal = undo.use(openJournal(join(settings.dataDir, "journal.db")));
  const log = createEventLog(journal);
  const facts = createKeptFacts(journal);
  const homeAssistant = undo.use(
    connectHomeAssistant({ ...settings.homeAssistant, timings: settings.timings ?? {}, logger }),
  );
  const language = (): string => spokenLanguage(options.language ?? homeAssistant.info?.language ?? "en");

  // Twilio → Home Assistant
  const delivery = createEventDelivery({
    ...log,
    fire: (type, data) => fireOutcome(homeAssistant.fireEvent(type, data)),
    isRunning: () => homeAssistant.running,
    wakeLater: () => void setTimeout(() => delivery.wake(), DELIVER_AGAIN_MS).unref(),
    now,
    logger,
  });
  undo.defer(() => within(STOP_PATIENCE_MS, delivery.settled()));
  const receive = createWebhookReceiver({
    webhookId: facts.keepFirst("webhook_id", randomBytes(32).toString("hex")),
    reportStrangers: options.reportStrangers,
    contactOf: (address) => contactOf(address, options.contacts),
    keepWebhook: log.keepWebhook,
    onKept: delivery.wake,
    newEventId: randomUUID,
    now: () => new Date(),
    logger,
  });

  // Home Assistant → Twilio
  const notify = notifications(homeAssistant, logger);
  const commands = createCommandRunner({
    ...createCommandQueue(journal, log),
    send: createSender(accountFrom(settings)),
    onFinished(command, results) {
      delivery.wake();
      const failure = failureNotification(command, results);
      if (failure !== null) notify.raise(failure);
    },
    wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    now,
    random: Math.random,
    logger,
  });
  undo.defer(() => commands.stop(STOP_PATIENCE_MS));
  const corePlatforms = createCorePlatformWatch({ notifiers: options.notifiers, ...notify, logger });
  const acceptNotifyCall = createNotifyCallAcceptor({
    notifiers: options.notifiers,
    pausedBecause: corePlatforms.pausedBecause,
    resolveRecipient: async (target) => {
      // Loaded when first needed: its tables of numbers take memory.
      const { resolveRecipient } = await import("./domain/resolve-recipient.ts");
      return resolveRecipient(target, {
        country: homeAssistant.info?.country ?? null,
        contacts: options.contacts,
      });
    },
    language,
    newRequestId: () => `notify_${randomUUID()}`,
    now,
    logger,
  });
  undo.defer(
    listenForNotifyCalls({
      connection: homeAssistant,
      notifiers: options.notifiers.map(({ name }) => name),
      logger,
      onCall: (call) => void accept(call),
    }),
  );
  undo.defer(
    homeAssistant.onRunning((info) => {
      corePlatforms.update(corePlatformsLoaded(info.components));
      delivery.wake();
    }),
  );
  commands.resume();

  const address = createPublicAddress({
    configured: options.publicUrl,
    learnt: () => facts.get("public_origin"),
    learn: (origin) => facts.keepFirst("public_origin", origin),
    onLearnt: (origin) =>
      logger.info(`Learnt from a signed webhook that Twilio reaches the app at ${origin}.`),
  });
  const { otherwise: configured } = options.incomingCalls;
  const otherwise: Otherwise =
    configured.kind === "say" ? { ...configured, language } : { kind: configured.kind };
  const webhooks = createWebhookApp({
    address,
    tokens: signatureTokens(settings.secrets),
    receive,
    answer: (kind) => answerWebhook(kind, otherwise),
    logger,
  });
  const listener = undo.use(await listen(webhooks.fetch, settings.listenHost, settings.webhookPort));
  logger.info(
    `Listening for Twilio on port ${listener.port}; webhooks go to ${address.known() ?? "<your address>"}/webhook.`,
  );

  const running = undo.move();
  return { webhookPort: listener.port, [Symbol.asyncDispose]: () => running.disposeAsync() };

  async function accept(call: NotifyCall): Promise<void> {
    try {
      // Until Home Assistant runs it is not known whether Core's own platform sends the same.
      await whenRunning(homeAssistant);
      const command = await acceptNotifyCall(call);
      if (command !== null) commands.submit(command);
    } catch (error) {
      logger.error(
        `An action notify.${call.notifier} could not be kept, so nothing was sent: ${String(error)}`,
      );
    }
  }
}

function whenRunning(homeAssistant: HomeAssistantConnection): Promise<void> {
  if (homeAssistant.running) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = homeAssistant.onRunning(() => {
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Persistent notifications are worth no retry: what they tell also stands in the log. */
function notifications(homeAssistant: HomeAssistantConnection, logger: Logger) {
  const attempt = (action: Promise<void>): void =>
    void action.catch((error: unknown) =>
      logger.warning(`Home Assistant could not show a notification: ${String(error)}`),
    );
  return {
    raise: (notification: Notification) =>
      attempt(raiseNotification(homeAssistant.callService, notification)),
    dismiss: (id: string) => attempt(dismissNotification(homeAssistant.callService, id)),
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const enough = new AbortController();
  await Promise.race([work, sleep(ms, undefined, { signal: enough.signal }).catch(() => undefined)]);
  enough.abort();
}

/** For REST an API key takes the token's place; the token still checks signatures. */
function accountFrom({ options, secrets }: AppSettings): TwilioAccount {
  const { accountSid, apiKeySid, apiBaseUrl, region, edge } = options;
  const password = apiKeySid === null ? secrets.authToken : (secrets.apiKeySecret ?? secrets.authToken);
  return {
    accountSid,
    username: apiKeySid ?? accountSid,
    password: password.reveal(),
    apiBaseUrl,
    region,
    edge,
  };
}

/** Compatible providers sign with a key of its own; Twilio with the token, old or new while it is rotated. */
function signatureTokens({ webhookSecret, authToken, authTokenPrevious }: Secrets): string[] {
  const accepted = webhookSecret === null ? [authToken, authTokenPrevious] : [webhookSecret];
  return accepted.filter((secret) => secret !== null).map((secret) => secret.reveal());
}
