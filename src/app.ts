import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { contactOf } from "./domain/contact-of.ts";
import type { Logger } from "./domain/logger.ts";
import { spokenLanguage } from "./domain/spoken-language.ts";
import { createEventDelivery } from "./flows/deliver-events.ts";
import { fetchMissed } from "./flows/fetch-missed.ts";
import { createAgeProof } from "./flows/prove-age.ts";
import { pruneHistory } from "./flows/prune-history.ts";
import { createWebhookReceiver } from "./flows/receive-webhooks.ts";
import { journalLost } from "./flows/report-failures.ts";
import { connectHomeAssistant } from "./home-assistant/connect-home-assistant.ts";
import { fireOutcome } from "./home-assistant/fire-outcome.ts";
import { createNotifications } from "./home-assistant/persistent-notification.ts";
import type { Timings } from "./home-assistant/timings.ts";
import { openStore } from "./journal/open-store.ts";
import type { Options, Secrets } from "./options/options.ts";
import { signatureTokens } from "./options/signature-tokens.ts";
import { startOutbound } from "./start-outbound.ts";
import { answerWebhook } from "./twilio/answer-webhook.ts";
import type { Otherwise } from "./twilio/answer-webhook.ts";
import { fetchMissed as fetchMissedItems } from "./twilio/fetch-missed.ts";
import { createAccountLists } from "./twilio/list-account.ts";
import type { AccountNumber } from "./twilio/list-account.ts";
import { listen } from "./twilio/listen.ts";
import { createPublicAddress } from "./twilio/public-address.ts";
import type { PublicAddress } from "./twilio/public-address.ts";
import { createTwilioApi } from "./twilio/twilio-client.ts";
import type { TwilioAccount } from "./twilio/twilio-client.ts";
import { createWebhookApp } from "./twilio/webhook-app.ts";

/** How long, in milliseconds, a stopping app waits for answers that are on their way. */
const STOP_PATIENCE_MS = 3_000;

/** What did not get through although Home Assistant seems to run goes again after this. */
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
  /** How long after a doubt, and after one another, Twilio is asked; shortened by tests. */
  readonly lookUpAfterMs?: readonly number[];
}

export interface App extends AsyncDisposable {
  /** The port really bound, where 0 was asked for. */
  readonly webhookPort: number;
}

/** Builds every part, joins them and starts listening. Disposing ends intake first, then waits, then closes. */
export async function startApp(settings: AppSettings): Promise<App> {
  const { logger, options, secrets } = settings;
  const now = (): number => Date.now();
  const wait = (ms: number, signal: AbortSignal): Promise<void> =>
    sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const stopping = new AbortController();
  await using undo = new AsyncDisposableStack();

  const store = undo.use(openStore(join(settings.dataDir, "journal.db"), options.limits, now()));
  const { eventLog, facts, evidence, heardNumbers } = store;
  const isLost = store.lostAt !== null;
  const homeAssistant = undo.use(
    connectHomeAssistant({ ...settings.homeAssistant, timings: settings.timings ?? {}, logger }),
  );
  const notifications = createNotifications(homeAssistant.callService, logger);
  const address = createPublicAddress({
    configured: options.publicUrl,
    learnt: () => facts.get("public_origin"),
    learn: (origin) => facts.keepFirst("public_origin", origin),
    onLearnt: (origin) =>
      logger.info(`Learnt from a signed webhook that Twilio reaches the app at ${origin}.`),
  });
  const api = createTwilioApi(accountFrom(settings));
  const account = createAccountLists(api);
  const language = (): string => spokenLanguage(options.language ?? homeAssistant.info?.language ?? "en");

  // Twilio → Home Assistant
  const delivery = createEventDelivery({
    ...eventLog,
    fire: (type, data) => fireOutcome(homeAssistant.fireEvent(type, data)),
    isRunning: () => homeAssistant.running,
    pause: () => wait(DELIVER_AGAIN_MS, stopping.signal),
    isStopping: () => stopping.signal.aborted,
    now,
    logger,
  });
  const ageProof = createAgeProof(
    {
      unproven: store.provenSids?.unproven ?? (() => []),
      prove: store.provenSids?.prove ?? (() => Promise.resolve()),
      createdAt: account.createdAt,
      onProven: delivery.wake,
      wait,
      logger,
    },
    stopping.signal,
  );
  undo.defer(() => within(STOP_PATIENCE_MS, Promise.all([delivery.settled(), ageProof.settled()])));
  undo.defer(() => stopping.abort());
  const receiver = createWebhookReceiver({
    webhookId: facts.keepFirst("webhook_id", randomBytes(32).toString("hex")),
    reportStrangers: options.reportStrangers,
    contactOf: (number) => contactOf(number, options.contacts),
    requestIdOf: evidence.requestIdOf,
    keepWebhook: eventLog.keepWebhook,
    noteHeard: heardNumbers.note,
    noteProof: evidence.noteProof,
    onKept() {
      delivery.wake();
      if (isLost) setImmediate(ageProof.wake);
    },
    newEventId: randomUUID,
    now: () => new Date(),
    logger,
  });

  // Home Assistant → Twilio
  undo.use(
    startOutbound({
      options,
      store,
      homeAssistant,
      notifications,
      api,
      account,
      publicAddress: address.known,
      onReported: delivery.wake,
      language,
      stopPatienceMs: STOP_PATIENCE_MS,
      lookUpAfterMs: settings.lookUpAfterMs,
      hash: (text) => createHash("sha256").update(text).digest("hex"),
      wait,
      now,
      logger,
    }),
  );
  undo.defer(homeAssistant.onRunning(() => delivery.wake()));
  if (store.damagedFile !== null) {
    const lost = journalLost(store.damagedFile);
    logger.error(lost.message);
    const stop = homeAssistant.onRunning(() => {
      notifications.raise(lost);
      queueMicrotask(() => stop());
    });
  }
  if (isLost) ageProof.wake();

  const lastHeard = store.lastHeardBefore;
  const webhooks = createWebhookApp({
    address,
    tokens: signatureTokens(secrets),
    receive: receiver.receive,
    canKeep: store.canKeep,
    answer: (kind) => answerWebhook(kind, otherwiseOf(options, language)),
    logger,
  });
  const listener = undo.use(await listen(webhooks.fetch, settings.listenHost, settings.webhookPort));
  logger.info(
    `Listening for Twilio on port ${listener.port}; webhooks go to ${address.known() ?? "<your address>"}/webhook.`,
  );
  void fetchMissed(
    {
      lastHeard,
      heardNumbers: heardNumbers.numbers,
      pointedHere: async () => numbersPointedAt(await account.numbers(), address),
      fetch: (query) => fetchMissedItems(api, query),
      receive: receiver.receiveFetched,
      wait,
      now,
      logger,
    },
    stopping.signal,
  );
  void pruneHistory(
    { historyDays: options.historyDays, step: store.prune, wait, now, logger },
    stopping.signal,
  );

  const running = undo.move();
  return { webhookPort: listener.port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Numbers of the account whose messages or calls Twilio reports to this app. */
function numbersPointedAt(numbers: readonly AccountNumber[], address: PublicAddress) {
  const base = address.known();
  if (base === null) return [];
  const isOurs = (url: string): boolean => url.split(/[?#]/)[0] === `${base}/webhook`;
  return numbers.flatMap(({ number, smsUrl, voiceUrl }) => [
    ...(isOurs(smsUrl) ? [{ kind: "message" as const, address: number }] : []),
    ...(isOurs(voiceUrl) ? [{ kind: "call" as const, address: number }] : []),
  ]);
}

function otherwiseOf({ incomingCalls: { otherwise } }: Options, language: () => string): Otherwise {
  return otherwise.kind === "say" ? { ...otherwise, language } : { kind: otherwise.kind };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
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
