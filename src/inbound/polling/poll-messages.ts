import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MessageLists, OurNumbers, PollingJournal, SentMessages, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { beginPolling } from "./begin-polling.ts";
import type { PolledAccount } from "./message-number.ts";
import { createPolledNumbers, type NumberPolling } from "./polled-numbers.ts";
import { createPollingLog } from "./polling-log.ts";
import { delayAfter, type RoundOutcome } from "./polling-pace.ts";
import { createPolledMessageReceiver } from "./receive-polled-messages.ts";
import { createPolledStatusReceiver } from "./receive-polled-statuses.ts";

const DAY_MS = 86_400_000;
/** Twilio's list lags behind. Each read starts this much before the newest known message, in milliseconds. */
const OVERLAP_MS = 900_000;
/** A message that the app sent within this time probably gets another status soon, in milliseconds. */
const YOUNG_MS = 900_000;

export interface MessagePollingOptions {
  readonly lists: MessageLists;
  readonly journal: PollingJournal;
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly sent: SentMessages;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem" | "receivePolledStatus">;
  /** Whether Twilio has a URL for status callbacks. */
  readonly hasCallbacks: () => boolean;
  /** When a journal was lost, in milliseconds since 1970; null if none was. */
  readonly lostAt: number | null;
  /** Called when Twilio answers again. Messages or calls may have been missed. */
  readonly onTwilioBack: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The state for the panel. `starting`: Twilio has not answered yet; `away`, `refused`: how the last round ended. */
export interface PollingState {
  readonly condition: "starting" | "running" | "away" | "refused";
  /** When the list was last read, in milliseconds since 1970 by this machine's clock; null before the first read. */
  readonly lastReadAt: number | null;
  readonly numbers: readonly NumberPolling[];
}

export interface MessagePolling {
  state(): PollingState;
  /** Stores the user's choice on the Set-up page. Resolves when it is on disk. */
  choose(address: string, choice: "on" | "off"): Promise<void>;
  /** Called after a number was changed at Twilio. */
  numbersChanged(): void;
  /** Called when a webhook reports a message to one of the user's numbers. */
  webhookArrived(address: string): Promise<void>;
  /** Resolves when polling has ended, after `signal` was aborted. */
  settled(): Promise<void>;
}

/**
 * Reads the account's list of messages every 15 s, so that messages arrive even if Twilio cannot reach the app. If
 * webhooks arrive, it reads every 5 minutes. It ends when `signal` aborts.
 *
 * A message's way: `ListedMessage` → `MessageVerdict` → `ReceivedMessage` with its files → `WebhookToSave` → event.
 */
export function startMessagePolling(options: MessagePollingOptions, signal: AbortSignal): MessagePolling {
  const { lists, journal, store, receiver, hasCallbacks, clock, logger } = options;
  const numbers = createPolledNumbers({ lists, journal, ourNumbers: options.ourNumbers, clock });
  const receiveMessages = createPolledMessageReceiver({ lists, numbers, store, receiver });
  const statuses = createPolledStatusReceiver({ lists, sent: options.sent, receiver, hasCallbacks, clock });
  const log = createPollingLog(logger);
  const startedAt = clock.monotonic();
  let condition: PollingState["condition"] = "starting";
  let lastReadAt: number | null = null;
  /** From when the first listed numbers are polled, in milliseconds since 1970; null after them. */
  let firstFrom: number | null = null;
  let pause = new AbortController();

  async function round(): Promise<RoundOutcome> {
    const known = await numbers.refresh();
    if (known === "away") return { kind: "away" };
    const now = lists.now();
    const times = { now, localNow: clock.now(), sinceStartMs: clock.monotonic() - startedAt };
    const { account, isNew } = await beginPolling(journal, options.lostAt, times);
    if (isNew) firstFrom = account.pollFrom;
    await numbers.saveBegun(firstFrom ?? now);
    // Twilio may refuse the list of numbers in the first rounds.
    if (known === "listed") firstFrom = null;
    const openSids = statuses.openSids();
    if (numbers.polled().size === 0 && openSids.length === 0)
      return { kind: known === "refused" ? "refused" : "idle" };
    return await read(account, openSids);
  }

  async function read(account: PolledAccount, openSids: readonly string[]): Promise<RoundOutcome> {
    const since = new Date(Math.max(account.newest - OVERLAP_MS, lists.now() - DAY_MS));
    const answer = await lists.messagesSince(since);
    if (answer.kind !== "listed" || signal.aborted)
      return { kind: answer.kind === "refused" ? "refused" : "away" };
    const now = lists.now();
    const { newMessages, isWaiting } = await receiveMessages(answer.items, account, now);
    await statuses.receiveStatuses(answer.items, openSids, now);
    const newest = answer.items.reduce(
      // A time ahead of Twilio's clock would hide all messages before it.
      (at, { createdAt }) => Math.max(at, Math.min(createdAt.getTime(), now)),
      account.newest,
    );
    if (newest > account.newest) await journal.saveAccount({ ...account, newest });
    lastReadAt = clock.now();
    log.read(newMessages);
    const isStatusNear = !hasCallbacks() && statuses.hasOpenSince(clock.now() - YOUNG_MS);
    return { kind: "read", isUrgent: isWaiting || isStatusNear || hasFastNumber() };
  }

  const hasFastNumber = (): boolean =>
    numbers.decisions().some(({ isPolled, isSlow }) => isPolled && !isSlow);

  /** Never rejects. Messages that could not be stored are read again in a later round. */
  async function tryRound(): Promise<RoundOutcome> {
    try {
      return await round();
    } catch (error) {
      log.failed(error);
      return { kind: "away" };
    }
  }

  async function poll(): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      pause = new AbortController();
      const outcome = await tryRound();
      if (signal.aborted) return;
      if (outcome.kind !== "away" && failures > 0) options.onTwilioBack();
      failures = outcome.kind === "away" ? failures + 1 : 0;
      condition = conditionAfter(outcome);
      const delayMs = delayAfter(outcome, failures);
      log.ended(outcome, delayMs);
      await clock.wait(delayMs, AbortSignal.any([signal, pause.signal]));
    }
  }

  const polling = poll();

  return {
    state: () => ({ condition, lastReadAt, numbers: numbers.decisions() }),
    async choose(address, choice) {
      await numbers.choose(address, choice);
      pause.abort();
    },
    numbersChanged() {
      numbers.invalidate();
      pause.abort();
    },
    webhookArrived: numbers.webhookArrived,
    settled: () => polling,
  };
}

function conditionAfter({ kind }: RoundOutcome): PollingState["condition"] {
  switch (kind) {
    case "read":
    case "idle":
      return "running";
    case "away":
    case "refused":
      return kind;
  }
}
