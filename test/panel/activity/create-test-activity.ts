import type { Happened, OpenCommand } from "../../../src/domain/events/history.ts";
import type { CopyReport } from "../../../src/health/notification.ts";
import type { TriedAgain } from "../../../src/health/recent-retries.ts";
import type { ActivityParts, LostJournal, RefusedWebhooks } from "../../../src/panel/activity/ports.ts";
import type { PasteParts } from "../../../src/panel/examples/routes.tsx";

export const ALICE = "+4915112345678";

export interface TestActivity extends ActivityParts, PasteParts {
  /** Newest first. */
  happened: readonly Happened[];
  open: readonly OpenCommand[];
  used: { readonly messages: number; readonly calls: number };
  refused: RefusedWebhooks;
  retries: readonly TriedAgain[];
  lastCopy: CopyReport | null;
}

/** What the pages of activity and examples are told: nothing, until a test says what. */
export function createTestActivity(
  lost: LostJournal | null = null,
  paste: PasteParts["paste"] = { contacts: [], notifiers: [] },
): TestActivity {
  const test: TestActivity = {
    happened: [],
    open: [],
    used: { messages: 0, calls: 0 },
    refused: { count: 0, last: null },
    retries: [],
    lastCopy: null,
    activity: {
      journal: {
        happened: (before, limit) =>
          test.happened.filter(({ seq }) => before === null || seq < before).slice(0, limit),
        one: (wanted) => test.happened.find(({ seq }) => seq === wanted) ?? null,
        told: (wanted, limit) => test.happened.filter(({ state }) => state === wanted).slice(0, limit),
        waitingEvents: (limit) =>
          test.happened
            .filter(({ state }) => state === "pending")
            .toReversed()
            .slice(0, limit),
        openCommands: (limit) => test.open.slice(0, limit),
        used: () => test.used,
        figures: () => ({
          schemaVersion: 6,
          sqliteVersion: "3.50.0",
          bytes: 4096,
          firstEvent: test.happened.at(-1)?.seq ?? null,
          lastEvent: test.happened[0]?.seq ?? null,
        }),
      },
      contactOf: (address) => (address === ALICE ? "Alice" : null),
      limits: { messagesPerDay: 250, callsPerDay: 50 },
      refused: () => test.refused,
      retries: () => test.retries,
      lastCopy: () => test.lastCopy,
      lost,
      options: { contacts: 1 },
      nodeVersion: "24.21.0",
    },
    paste,
  };
  return test;
}

let made = 0;

/** Something that happened, delivered unless `over` says otherwise. */
export function happened(type: string, data: Happened["data"], over: Partial<Happened> = {}): Happened {
  made += 1;
  const at = Date.UTC(2026, 10, 24, 13, 0, 0);
  return {
    seq: made,
    at,
    type,
    data,
    state: "delivered",
    reason: null,
    isRepeat: false,
    isUnproven: false,
    ...over,
  };
}
