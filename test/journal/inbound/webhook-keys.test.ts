import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { IdenticalWebhook } from "../../../src/inbound/webhook-key.ts";
import { openTestStore } from "../open-test-store.ts";

const FIRST = 1_000_000;
const SECOND = 1_000;

let folder: string;
let store: ReturnType<typeof openTestStore>;
let tokens: number;
beforeEach(() => {
  tokens = 0;
  folder = mkdtempSync(join(tmpdir(), "keys-"));
  store = openTestStore(join(folder, "journal.db"));
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/**
 * Stores a webhook whose signed content is identical to others with its key. Its idempotency token is new by default.
 */
function save(
  at: number,
  over: Partial<IdenticalWebhook> = {},
  key = "CA1:hash",
  sid: string | null = "CA1",
) {
  const equal = { token: `token ${(tokens += 1)}`, scope: sid ?? key, isFirstAnswered: true, ...over };
  return store.eventLog.saveWebhook({
    key: { sid, key, identicalWebhook: equal, signature: `signature of ${key}` },
    events: [{ type: "twilio_data_received", kind: "call", data: { CallSid: sid } }],
    receivedAt: at,
    initialState: "pending",
    isBackfill: false,
    stale: false,
    status: null,
  });
}

async function saveMany(count: number, at: number, over: Partial<IdenticalWebhook> = {}): Promise<string[]> {
  const all = Array.from({ length: count }, () => save(at, over));
  return (await Promise.all(all)).filter((novelty) => novelty !== "repeated");
}

const fired = async () =>
  (await store.eventLog.takeNext(99)).map(({ stale, maybeDelivered }) => ({ stale, maybeDelivered }));

describe("of several webhooks whose signed content is identical,", () => {
  test("those with different idempotency tokens count as new: at most three, and only within ten seconds after the first one", async () => {
    expect(await save(FIRST)).toBe("new");
    expect(await saveMany(50, FIRST + 10 * SECOND)).toEqual(["new", "new"]);
    expect(await fired()).toHaveLength(3);
  });

  test("all count as repetitions until the first one has been answered", async () => {
    expect(await saveMany(50, FIRST, { isFirstAnswered: false })).toEqual(["new"]);
  });

  test("only one with each idempotency token counts as new", async () => {
    await save(FIRST, { token: "a" });
    expect(await save(FIRST + 1, { token: "a" })).toBe("repeated");
    expect(await save(FIRST + 2, { token: "b" })).toBe("new");
    expect(await save(FIRST + 3, { token: "b" })).toBe("repeated");
    expect(await save(FIRST + 60 * SECOND, { token: "b" })).toBe("repeated");
  });

  test("at most two besides the first one count as new on one call, over all contents of the call together", async () => {
    for (const digit of [1, 2, 3]) await save(FIRST, {}, `CA1:${digit}`);
    const again = [1, 2, 3, 1, 2, 3].map((digit) => save(FIRST + SECOND, {}, `CA1:${digit}`));
    expect((await Promise.all(again)).filter((novelty) => novelty === "new")).toHaveLength(2);
  });

  test("two besides the first one count as new for each content that is not about a call", async () => {
    for (const key of ["-:a", "-:b"]) {
      await save(FIRST, {}, key, null);
      const again = [1, 2, 3, 4, 5].map((second) => save(FIRST + second, {}, key, null));
      expect((await Promise.all(again)).filter((novelty) => novelty === "new")).toHaveLength(2);
    }
  });

  test.each(["completed", "failed", "no-answer"])(
    "those that arrive after the call is %s count as repetitions",
    async (status) => {
      await save(FIRST);
      await store.statuses.save("CA1", { status, error: null, answeredBy: null, duration: null }, FIRST);
      expect(await saveMany(5, FIRST + SECOND)).toEqual([]);
    },
  );

  test("those that come after ten seconds count as possible repetitions, and at most three fire twilio_data_missed", async () => {
    await save(FIRST);
    await fired();
    expect(await saveMany(50, FIRST + 10 * SECOND + 1)).toEqual(["doubtful", "doubtful", "doubtful"]);
    expect(await fired()).toEqual(Array.from({ length: 3 }, () => ({ stale: true, maybeDelivered: true })));
    expect(await saveMany(50, FIRST + 4 * 3_600 * SECOND)).toEqual([]);
  });

  test("those that arrive after the clock was set back count as possible repetitions", async () => {
    await save(FIRST);
    expect(await save(FIRST - SECOND)).toBe("doubtful");
  });

  test("the app still knows after a restart how many of them have come", async () => {
    await save(FIRST);
    await saveMany(5, FIRST + SECOND);
    await saveMany(2, FIRST + 20 * SECOND);
    store[Symbol.dispose]();
    store = openTestStore(join(folder, "journal.db"));
    expect(await saveMany(9, FIRST + 2 * SECOND)).toEqual([]);
    expect(await saveMany(9, FIRST + 30 * SECOND)).toEqual(["doubtful"]);
  });

  test("only a limited number of their keys is stored, whatever tokens an attacker invents", async () => {
    await save(FIRST);
    await saveMany(200, FIRST + SECOND);
    await saveMany(200, FIRST + 20 * SECOND);
    const { keys } = store.database.prepare("SELECT count(*) AS keys FROM webhook_keys").get() ?? {};
    expect(keys).toBeLessThan(20);
  });
});
