import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { MessageLists, OurNumbers, PollingJournal, SentMessages, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import type { TwilioClock } from "../relay/ports.ts";
import { beginPolling } from "./begin-polling.ts";
import type { PolledAccount } from "./message-number.ts";
import { createPolledNumbers, type NumberPolling } from "./polled-numbers.ts";
import { createPollingLog } from "./polling-log.ts";
import { delayAfter, type RoundOutcome } from "./polling-pace.ts";
import { createPolledMessageReceiver } from "./receive-polled-messages.ts";
import { createPolledStatusReceiver } from "./receive-polled-statuses.ts";

const DAY_MS = 86_400_000;
/**
 * Twilio's list shows a new message with a delay. So each read also covers this time before the newest known message,
 * in milliseconds.
 */
const OVERLAP_MS = 900_000;
/** If the app sent a message within this time, in milliseconds, its status probably changes soon. */
const YOUNG_MS = 900_000;

export interface MessagePollingOptions {
  readonly lists: MessageLists;
  readonly journal: PollingJournal;
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly sent: SentMessages;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem" | "receivePolledStatus">;
  /** Whether the app gives Twilio a URL for status callbacks. If it does not, it reads statuses only by polling. */
  readonly hasCallbacks: () => boolean;
  /** When a journal (the app's database) was lost, in milliseconds since 1970; null if none was lost. */
  readonly lostAt: number | null;
  /**
   * Called when the app may have missed webhooks of calls. This happens when Twilio answers again after an interruption,
   * and when a message has arrived without its webhook.
   */
  readonly onMissedWebhooks: () => void;
  readonly twilioClock: TwilioClock;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The state of polling for the panel (the app's page). `starting`: no round (read of Twilio's list) has ended yet.
 * `away`: in the last round, Twilio did not answer, or the app failed. `refused`: Twilio refused the credentials in the
 * last round.
 */
export interface PollingState {
  readonly condition: "starting" | "running" | "away" | "refused";
  /**
   * When Twilio's list of messages was last read, in milliseconds since 1970 by this machine's clock; null before the
   * first read.
   */
  readonly lastReadAt: number | null;
  readonly numbers: readonly NumberPolling[];
}

export interface MessagePolling {
  state(): PollingState;
  /** Stores the user's choice on the page *Set up* whether a number is polled. Resolves when the choice is on disk. */
  choose(address: string, choice: "on" | "off"): Promise<void>;
  /** Called after the app has changed the settings of a number at Twilio. */
  numbersChanged(): void;
  /** Called when a webhook reports a message to one of the user's numbers. */
  webhookArrived(address: string): Promise<void>;
  /** Resolves when polling has ended, after `signal` was aborted. */
  settled(): Promise<void>;
}

/**
 * Reads the account's list of messages every 15 s, so that messages arrive even if Twilio cannot reach the app. While
 * webhooks reach the app for all polled numbers, it reads every 5 minutes. Polling ends when `signal` aborts.
 *
 * The types of a message on its way: `ListedMessage` → `MessageVerdict` → `ReceivedMessage` with its files →
 * `WebhookToSave` → event.
 */
export function startMessagePolling(options: MessagePollingOptions, signal: AbortSignal): MessagePolling {
  const { lists, journal, store, receiver, hasCallbacks, clock, logger } = options;
  const numbers = createPolledNumbers({ lists, journal, ourNumbers: options.ourNumbers, clock });
  const receiveMessages = createPolledMessageReceiver({
    lists,
    numbers,
    store,
    receiver,
    twilioClock: options.twilioClock,
  });
  const statuses = createPolledStatusReceiver({ lists, sent: options.sent, receiver, hasCallbacks, clock });
  const log = createPollingLog(logger);
  const startedAt = clock.monotonic();
  let condition: PollingState["condition"] = "starting";
  let lastReadAt: number | null = null;
  /**
   * For the numbers in the first list that Twilio returns, messages since this time fire events. The time is in
   * milliseconds since 1970. It is null after the first list: if a number is added later, messages from before its
   * addition fire no events.
   */
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
    // `firstFrom` is needed for the first list of numbers that Twilio returns. So if Twilio refused the list this time,
    // `firstFrom` keeps its value.
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
    const { newMessages, hasMissedWebhook, isWaiting } = await receiveMessages(answer.items, account, now);
    if (hasMissedWebhook) options.onMissedWebhooks();
    await statuses.receiveStatuses(answer.items, openSids, now);
    const newest = answer.items.reduce(
      // `newest` must not be later than Twilio's present time. Otherwise, the next reads of Twilio's list would begin
      // too late and leave out new messages.
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

  /**
   * Reads Twilio's list of messages once. Never rejects. Messages that could not be stored are read again the next
   * time.
   */
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
      if (outcome.kind !== "away" && failures > 0) options.onMissedWebhooks();
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
