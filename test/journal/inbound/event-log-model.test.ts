import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createRandom } from "../../random.ts";
import { openTestStore } from "../open-test-store.ts";

const OPERATIONS = 300;

type State = "pending" | "firing" | "delivered" | "refused";

interface ModelEvent {
  readonly seq: number;
  readonly body: string;
  state: State;
  unsure: boolean;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-model-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Webhooks, deliveries, failures and crashes in any order: the journal does what a list in memory would do. */
test.each([1, 2, 3, 4, 5, 6, 7, 8])("the event log behaves like a list in memory, seed %i", async (seed) => {
  const random = createRandom(seed);
  const file = join(folder, `${seed}.db`);
  let store = openTestStore(file);
  const events: ModelEvent[] = [];
  const keys = new Set<string>();
  /** Fetched, and not completed by a webhook yet. */
  const fetched = new Set<string>();

  const actions = {
    async keep(): Promise<void> {
      const sid = `SM${random.below(40)}`;
      const isBackfill = random.below(4) === 0;
      const novelty = await store.eventLog.saveWebhook({
        key: { sid, key: `${sid}:received`, identicalWebhook: null, signature: null },
        events: [{ type: "twilio_data_received", kind: "message", data: { Body: sid } }],
        receivedAt: 1,
        initialState: "pending",
        isBackfill,
        stale: false,
        status: null,
      });
      const isNew = !keys.has(sid);
      const isCompleted = !isBackfill && fetched.delete(sid);
      expect(novelty).toBe(isNew ? "new" : isCompleted ? "completed" : "repeated");
      keys.add(sid);
      if (isNew && isBackfill) fetched.add(sid);
      if (isNew) events.push({ seq: events.length + 1, body: sid, state: "pending", unsure: false });
    },
    async take(): Promise<void> {
      const limit = 1 + random.below(5);
      const expected = events.filter(({ state }) => state === "pending").slice(0, limit);
      const taken = await store.eventLog.takeNext(limit);
      expect(
        taken.map(({ seq, maybeDelivered, data }) => ({ seq, unsure: maybeDelivered, body: data["Body"] })),
      ).toEqual(expected.map(({ seq, unsure, body }) => ({ seq, unsure, body })));
      for (const event of expected) event.state = "firing";
    },
    async settle(): Promise<void> {
      for (const event of events.filter(({ state }) => state === "firing")) {
        const fate = random.below(4);
        if (fate === 0) continue;
        if (fate === 1) {
          await store.eventLog.markDelivered([event.seq]);
          event.state = "delivered";
        } else if (fate === 2) {
          await store.eventLog.reject(event.seq, "no");
          event.state = "refused";
        } else {
          const unsure = random.below(2) === 0;
          await store.eventLog.requeue(event.seq, unsure);
          Object.assign(event, { state: "pending", unsure: event.unsure || unsure });
        }
      }
    },
    crash(): Promise<void> {
      store[Symbol.dispose]();
      store = openTestStore(file);
      for (const event of events.filter(({ state }) => state === "firing"))
        Object.assign(event, { state: "pending", unsure: true });
      return Promise.resolve();
    },
  };
  const choices = [actions.keep, actions.keep, actions.keep, actions.take, actions.take, actions.settle];
  for (let count = 0; count < OPERATIONS; count += 1)
    await (random.below(25) === 0 ? actions.crash : random.pick(choices))();
  expect(events.length).toBeGreaterThan(20);
  store[Symbol.dispose]();
});
