import { expect, test, vi } from "vitest";

import { createBackfill } from "../../../src/inbound/backfill/backfill.ts";
import { clockWith } from "../../clock-with.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 10);
const NONE = { kind: "listed", items: [] } as const;

test("a backfill starts at most once a minute, however often the connection to Home Assistant is lost", async () => {
  let time = START;
  const begun: number[] = [];
  const waits: { readonly until: number; readonly end: () => void }[] = [];
  const stop = new AbortController();
  const again = createBackfill(
    {
      progress: {
        completedUntil: () => {
          begun.push(time - START);
          return START;
        },
        saveCompletion: () => Promise.resolve(),
      },
      store: { isKnown: () => false },
      ourNumbers: { numbers: () => [] },
      missedItems: { configuredNumbers: () => Promise.resolve(NONE), fetch: () => Promise.resolve(NONE) },
      receiver: { receiveFetchedItem: () => Promise.resolve(true) },
      isFirstStart: false,
      twilioClock: { aheadMs: () => 0 },
      clock: clockWith({
        now: () => time,
        monotonic: () => time,
        wait: (ms) => new Promise((end) => waits.push({ until: time + ms, end })),
      }),
      logger: { debug() {}, info() {}, warning() {}, error() {} },
    },
    stop.signal,
  );
  again.start();
  again.start();
  await vi.waitFor(() => expect(waits).toHaveLength(1));
  again.start();
  expect(begun).toEqual([0]);
  time = waits[0]?.until ?? 0;
  waits[0]?.end();
  await again.settled();
  expect(begun).toEqual([0, MINUTE]);
});
