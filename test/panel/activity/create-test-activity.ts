import type { HistoryThread } from "../../../src/domain/events/activity-journal.ts";
import type { ConversationEntry } from "../../../src/domain/events/conversation.ts";
import type { HistoryEntry, OpenCommand } from "../../../src/domain/events/history.ts";
import { classifyWebhook } from "../../../src/domain/events/webhook.ts";
import type { WebhookFields } from "../../../src/domain/events/webhook.ts";
import type { LostJournal } from "../../../src/health/lost-journal.ts";
import type { CopyReport } from "../../../src/health/notification.ts";
import { createRecentRetries } from "../../../src/health/recent-retries.ts";
import type { RecentRetries } from "../../../src/health/recent-retries.ts";
import type { RefusedWebhooks } from "../../../src/health/refused-webhooks.ts";
import type { PollingState } from "../../../src/inbound/polling/poll-messages.ts";
import type { ActivityPorts } from "../../../src/panel/activity/ports.ts";
import type { ExamplesPorts } from "../../../src/panel/examples/routes.tsx";

export const ALICE = "+4915112345678";

export interface TestActivity extends ActivityPorts, ExamplesPorts {
  /** The events of the history, newest first. */
  history: readonly HistoryEntry[];
  /** The message or call whose first event has this number. */
  readonly entries: Map<number, ConversationEntry>;
  open: readonly OpenCommand[];
  used: { readonly messages: number; readonly calls: number };
  refused: RefusedWebhooks;
  polling: PollingState | null;
  readonly retries: RecentRetries;
  lastCopy: CopyReport | null;
}

/** The ports of the pages Activity and Examples, empty until a test fills them. */
export function createTestActivity(
  lost: LostJournal | null = null,
  examples: ExamplesPorts["examples"] = { contacts: () => [], notifiers: [] },
): TestActivity {
  const test: TestActivity = {
    history: [],
    entries: new Map(),
    open: [],
    used: { messages: 0, calls: 0 },
    refused: { count: 0, last: null },
    polling: null,
    retries: createRecentRetries(),
    lastCopy: null,
    activity: {
      journal: {
        history: (before, limit) =>
          test.history.filter(({ seq }) => before === null || seq < before).slice(0, limit),
        threads: (before, limit) => threadsIn(test, before).slice(0, limit),
        entry: (wanted) => test.history.find(({ seq }) => seq === wanted) ?? null,
        refusedOrMissed: (wanted, limit) =>
          test.history.filter(({ state }) => state === wanted).slice(0, limit),
        waitingEvents: (limit) =>
          test.history
            .filter(({ state }) => state === "pending")
            .toReversed()
            .slice(0, limit),
        openCommands: (limit) => test.open.slice(0, limit),
        usedLimits: () => test.used,
        figures: () => ({
          schemaVersion: 6,
          sqliteVersion: "3.50.0",
          bytes: 4096,
          firstEvent: test.history.at(-1)?.seq ?? null,
          lastEvent: test.history[0]?.seq ?? null,
        }),
      },
      contactOf: (address) => (address === ALICE ? "Alice" : null),
      limits: { messagesPerDay: 250, callsPerDay: 50 },
      refused: () => test.refused,
      polling: () => test.polling,
      retries: () => test.retries.read(),
      lastCopy: () => test.lastCopy,
      lost,
      options: { contacts: 1 },
      nodeVersion: "24.21.0",
    },
    examples,
  };
  return test;
}

const SID_FIELDS = ["sid", "call", "MessageSid", "CallSid", "message_sid", "call_sid"];

/** Groups the events of one message or call like the journal. */
function threadsIn({ history, entries }: TestActivity, before: number | null): HistoryThread[] {
  const groups = Map.groupBy(history.toReversed(), ({ seq, data }) => {
    const sid = SID_FIELDS.map((field) => data[field]).find((value) => typeof value === "string");
    return sid ?? seq;
  });
  return [...groups.values()]
    .map((steps) => ({
      head: steps[0]!,
      steps,
      entry: entries.get(steps[0]!.seq) ?? null,
      conversationKey: "key",
    }))
    .filter(({ head }) => before === null || head.seq < before)
    .toSorted((a, b) => b.head.seq - a.head.seq);
}

let made = 0;

/** An entry of the history, delivered unless `over` changes it. */
export function historyEntry(
  type: string,
  data: HistoryEntry["data"],
  over: Partial<HistoryEntry> = {},
): HistoryEntry {
  made += 1;
  const at = Date.UTC(2026, 10, 24, 13, 0, 0);
  return {
    seq: made,
    at,
    type,
    kind: type === "twilio_data_received" ? classifyWebhook("webhook", data as WebhookFields) : null,
    data,
    state: "delivered",
    reason: null,
    maybeDelivered: false,
    ageUnverified: false,
    ...over,
  };
}
