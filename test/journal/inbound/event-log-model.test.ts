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
  maybeDelivered: boolean;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-model-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Stores webhooks, delivers events, and lets them fail and the app crash in random order. Then compares the journal
 * with a list.
 */
test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "after random operations, the journal's event log has the same content as a simple list in memory (seed %i)",
  async (seed) => {
    const random = createRandom(seed);
    const file = join(folder, `${seed}.db`);
    let store = openTestStore(file);
    const events: ModelEvent[] = [];
    const keys = new Set<string>();
    /** The messages that the backfill has stored, and that no webhook has completed yet. */
    const fetched = new Set<string>();

    const actions = {
      async save(): Promise<void> {
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
        if (isNew)
          events.push({ seq: events.length + 1, body: sid, state: "pending", maybeDelivered: false });
      },
      async take(): Promise<void> {
        const limit = 1 + random.below(5);
        const expected = events.filter(({ state }) => state === "pending").slice(0, limit);
        const taken = await store.eventLog.takeNext(limit);
        expect(
          taken.map(({ seq, maybeDelivered, data }) => ({ seq, maybeDelivered, body: data["Body"] })),
        ).toEqual(expected.map(({ seq, maybeDelivered, body }) => ({ seq, maybeDelivered, body })));
        for (const event of expected) event.state = "firing";
      },
      async settle(): Promise<void> {
        for (const event of events.filter(({ state }) => state === "firing")) {
          const outcome = random.below(4);
          if (outcome === 0) continue;
          if (outcome === 1) {
            await store.eventLog.markDelivered([event.seq]);
            event.state = "delivered";
          } else if (outcome === 2) {
            await store.eventLog.reject(event.seq, "no");
            event.state = "refused";
          } else {
            const maybeDelivered = random.below(2) === 0;
            await store.eventLog.requeue(event.seq, maybeDelivered);
            Object.assign(event, {
              state: "pending",
              maybeDelivered: event.maybeDelivered || maybeDelivered,
            });
          }
        }
      },
      crash(): Promise<void> {
        store[Symbol.dispose]();
        store = openTestStore(file);
        for (const event of events.filter(({ state }) => state === "firing"))
          Object.assign(event, { state: "pending", maybeDelivered: true });
        return Promise.resolve();
      },
    };
    const choices = [actions.save, actions.save, actions.save, actions.take, actions.take, actions.settle];
    for (let count = 0; count < OPERATIONS; count += 1)
      await (random.below(25) === 0 ? actions.crash : random.pick(choices))();
    expect(events.length).toBeGreaterThan(20);
    store[Symbol.dispose]();
  },
);
