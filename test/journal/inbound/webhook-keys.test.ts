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

/** A request that is equal to others with its key, by default with a token that nobody has seen. */
function send(
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

async function sendMany(count: number, at: number, over: Partial<IdenticalWebhook> = {}): Promise<string[]> {
  const all = Array.from({ length: count }, () => send(at, over));
  return (await Promise.all(all)).filter((novelty) => novelty !== "repeated");
}

const fired = async () =>
  (await store.eventLog.takeNext(99)).map(({ stale, maybeDelivered }) => ({
    late: stale,
    unsure: maybeDelivered,
  }));

describe("requests that are equal in all that is signed", () => {
  test("count within ten seconds, with other tokens, once the first is answered: three in all", async () => {
    expect(await send(FIRST)).toBe("new");
    expect(await sendMany(50, FIRST + 10 * SECOND)).toEqual(["new", "new"]);
    expect(await fired()).toHaveLength(3);
  });

  test("count nothing before the first is answered", async () => {
    expect(await sendMany(50, FIRST, { isFirstAnswered: false })).toEqual(["new"]);
  });

  test("count once with one token", async () => {
    await send(FIRST, { token: "a" });
    expect(await send(FIRST + 1, { token: "a" })).toBe("repeated");
    expect(await send(FIRST + 2, { token: "b" })).toBe("new");
    expect(await send(FIRST + 3, { token: "b" })).toBe("repeated");
    expect(await send(FIRST + 60 * SECOND, { token: "b" })).toBe("repeated");
  });

  test("count twice more on one call, whatever is entered", async () => {
    for (const digit of [1, 2, 3]) await send(FIRST, {}, `CA1:${digit}`);
    const again = [1, 2, 3, 1, 2, 3].map((digit) => send(FIRST + SECOND, {}, `CA1:${digit}`));
    expect((await Promise.all(again)).filter((novelty) => novelty === "new")).toHaveLength(2);
  });

  test("count twice more each where they are about no call", async () => {
    for (const key of ["-:a", "-:b"]) {
      await send(FIRST, {}, key, null);
      const again = [1, 2, 3, 4, 5].map((second) => send(FIRST + second, {}, key, null));
      expect((await Promise.all(again)).filter((novelty) => novelty === "new")).toHaveLength(2);
    }
  });

  test.each(["completed", "failed", "no-answer"])("count nothing once the call is %s", async (status) => {
    await send(FIRST);
    await store.statuses.save("CA1", { status, error: null, answeredBy: null, duration: null }, FIRST);
    expect(await sendMany(5, FIRST + SECOND)).toEqual([]);
  });

  test("are doubtful after ten seconds: told three times as what must not be acted on", async () => {
    await send(FIRST);
    await fired();
    expect(await sendMany(50, FIRST + 10 * SECOND + 1)).toEqual(["doubtful", "doubtful", "doubtful"]);
    expect(await fired()).toEqual(Array.from({ length: 3 }, () => ({ late: true, unsure: true })));
    expect(await sendMany(50, FIRST + 4 * 3_600 * SECOND)).toEqual([]);
  });

  test("are doubtful where the clock was set back", async () => {
    await send(FIRST);
    expect(await send(FIRST - SECOND)).toBe("doubtful");
  });

  test("are no more after a restart", async () => {
    await send(FIRST);
    await sendMany(5, FIRST + SECOND);
    await sendMany(2, FIRST + 20 * SECOND);
    store[Symbol.dispose]();
    store = openTestStore(join(folder, "journal.db"));
    expect(await sendMany(9, FIRST + 2 * SECOND)).toEqual([]);
    expect(await sendMany(9, FIRST + 30 * SECOND)).toEqual(["doubtful"]);
  });

  test("leave a bounded number of keys, whatever is invented", async () => {
    await send(FIRST);
    await sendMany(200, FIRST + SECOND);
    await sendMany(200, FIRST + 20 * SECOND);
    const { keys } = store.database.prepare("SELECT count(*) AS keys FROM webhook_keys").get() ?? {};
    expect(keys).toBeLessThan(20);
  });
});
