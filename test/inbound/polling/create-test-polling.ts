import { vi } from "vitest";

import type { ListAnswer } from "../../../src/domain/list-answer.ts";
import type { ListedMessage } from "../../../src/inbound/polling/listed-message.ts";
import type { MessageNumber } from "../../../src/inbound/polling/message-number.ts";
import { startMessagePolling } from "../../../src/inbound/polling/poll-messages.ts";
import type { MessagePolling } from "../../../src/inbound/polling/poll-messages.ts";
import type { MessageFile } from "../../../src/inbound/ports.ts";
import { createWebhookReceiver } from "../../../src/inbound/receive-webhook.ts";
import type { WebhookReceiver } from "../../../src/inbound/receive-webhook.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { clockWith } from "../../clock-with.ts";
import { openTestStore } from "../../journal/open-test-store.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

export const START = Date.UTC(2026, 0, 10, 12);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const OURS = "+15005550006";
export const THEIRS = "+12125550123";

/** The answers of Twilio, which a test can change. */
export interface ScriptedTwilio {
  numbers: ListAnswer<MessageNumber>;
  relays: ListAnswer<string>;
  /** The answer in place of the list of messages, or null for the list of `messages`. */
  failure: ListAnswer<ListedMessage> | null;
  readonly messages: ListedMessage[];
  files: ListAnswer<MessageFile>;
  /** For each read of the list of messages, the time from which messages were requested. */
  readonly asked: Date[];
  /** The SIDs of messages that were looked up. */
  readonly looked: string[];
}

export interface TestPolling extends Disposable {
  readonly twilio: ScriptedTwilio;
  readonly polling: MessagePolling;
  readonly receiver: WebhookReceiver;
  readonly journal: Journal;
  readonly lines: readonly string[];
  now(): number;
  /** How often `onMissedWebhooks` was called. */
  misses(): number;
  /** Advances the time to the next round and waits for its end. Returns the time advanced, in milliseconds. */
  round(): Promise<number>;
  /** Adds a message to one of the numbers. `at` is its time by Twilio's clock. */
  write(sid: string, at?: number, over?: { readonly to?: string; readonly mediaCount?: number }): void;
  /** The texts of pending events since the last call, with "stale" for those that automations must not act on. */
  pending(): Promise<string[]>;
}

export interface TestPollingOptions {
  readonly numbers?: readonly MessageNumber[];
  readonly relays?: readonly string[];
  readonly journal?: Journal;
  /** The time at which a journal was lost, in milliseconds since 1970. */
  readonly lostAt?: number | null;
  readonly now?: number;
  readonly before?: (twilio: ScriptedTwilio) => void;
  readonly hasCallbacks?: boolean;
}

/** A number whose messages nobody receives. */
export const free = (address = OURS): MessageNumber => ({ address, receiver: "nobody", isSender: false });
/** A number whose messages Twilio sends to the app. */
export const pointing = (address = OURS): MessageNumber => ({ address, receiver: "us", isSender: false });

/** Starts polling with a real journal and the test's answers of Twilio. Time passes only in `round`. */
export async function startTestPolling(options: TestPollingOptions = {}): Promise<TestPolling> {
  let time = options.now ?? START;
  const journal = options.journal ?? openTestStore(":memory:", {}, time);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const logger = { debug: log, info: log, warning: log, error: log };
  const stop = new AbortController();
  let waiting: { readonly ms: number; readonly end: () => void } | null = null;
  let misses = 0;
  const clock = clockWith({
    now: () => time,
    monotonic: () => time,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          waiting = null;
          resolve();
        };
        waiting = { ms, end };
        signal.addEventListener("abort", end);
      }),
  });
  const twilio: ScriptedTwilio = {
    numbers: { kind: "listed", items: options.numbers ?? [free()] },
    relays: { kind: "listed", items: options.relays ?? [] },
    failure: null,
    messages: [],
    files: { kind: "listed", items: [] },
    asked: [],
    looked: [],
  };
  options.before?.(twilio);
  const receiver = createWebhookReceiver({
    webhookId: "house",
    reportStrangers: true,
    contacts: { isComplete: () => true },
    recognize: () => null,
    store: journal.eventLog,
    deliveries: journal.deliveryEvidence,
    calls: { partiesOf: () => null },
    ourNumbers: journal.ourNumbers,
    listener: {
      eventsSaved: () => null,
      eventsCommitted() {},
      newWebhook: (number) => void (number === null ? null : polling.webhookArrived(number.address)),
      statusChanged() {},
      webhookSaved() {},
    },
    chance: SYSTEM_PARTS.chance,
    logger,
  });
  const polling: MessagePolling = startMessagePolling(
    {
      lists: {
        now: () => Math.floor(time / SECOND) * SECOND,
        numbers: () => Promise.resolve(twilio.numbers),
        relaysOfOthers: () => Promise.resolve(twilio.relays),
        messagesSince(since) {
          twilio.asked.push(since);
          const items = twilio.messages.filter(({ createdAt }) => createdAt >= since).toReversed();
          return Promise.resolve(twilio.failure ?? { kind: "listed", items });
        },
        sentMessage(sid) {
          twilio.looked.push(sid);
          return Promise.resolve({
            kind: "listed",
            items: twilio.messages.filter((one) => one.kind === "sent").filter((one) => one.sid === sid),
          });
        },
        mediaOf: () => Promise.resolve(twilio.files),
      },
      journal: journal.pollingOf("AC1"),
      ourNumbers: journal.ourNumbers,
      store: journal.eventLog,
      sent: journal.deliveryEvidence,
      receiver,
      hasCallbacks: () => options.hasCallbacks === true,
      lostAt: options.lostAt ?? null,
      onMissedWebhooks: () => void (misses += 1),
      twilioClock: { aheadMs: () => 0 },
      clock,
      logger,
    },
    stop.signal,
  );
  const waits = async () =>
    await vi.waitFor(
      () => {
        if (waiting === null) throw new Error("the round is not over");
        return waiting;
      },
      { interval: 1 },
    );
  await waits();

  return {
    twilio,
    polling,
    receiver,
    journal,
    lines,
    now: () => time,
    misses: () => misses,
    async round() {
      const { ms, end } = await waits();
      time += ms;
      end();
      await waits();
      return ms;
    },
    write(sid, at = time, { to = OURS, mediaCount = 0 } = {}) {
      const fields = { MessageSid: sid, From: THEIRS, To: to, Body: sid };
      twilio.messages.push({ kind: "message", sid, createdAt: new Date(at), to, mediaCount, fields });
      twilio.messages.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
    },
    async pending() {
      const events = await journal.eventLog.takeNext(1_000);
      return events.map(({ data, stale, maybeDelivered }) =>
        [data["Body"] ?? data["status"], stale ? "stale" : "", maybeDelivered ? "repeat" : ""]
          .filter((part) => part !== "")
          .join(" "),
      );
    },
    [Symbol.dispose]: () => stop.abort(),
  };
}
