import { expect, test } from "vitest";

import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import { createRetryWrites, retryWrites } from "../../src/journal/retry-writes.ts";
import { clockWith } from "../clock-with.ts";
import { openTestStore } from "./open-test-store.ts";

function diskWith(room: number) {
  const said: string[] = [];
  const stopping = new AbortController();
  let tries = 0;
  const untilKept = createRetryWrites({
    clock: clockWith({ wait: () => Promise.resolve() }),
    stopping: stopping.signal,
    isTransient: (error) => String(error).includes("disk"),
    logger: { debug() {}, info() {}, warning() {}, error: (message) => void said.push(message) },
  });
  const keep = untilKept((what: string) => {
    tries += 1;
    if (tries === 5) stopping.abort();
    return tries < room ? Promise.reject(new Error("disk is full")) : Promise.resolve(`kept ${what}`);
  });
  return { keep, said };
}

test("tries until there is room again, and says so once", async () => {
  const { keep, said } = diskWith(3);
  expect(await keep("a result")).toBe("kept a result");
  expect(said).toHaveLength(1);
  expect(said[0]).toContain("disk is full");
});

test("does not try again what cannot be written at all", async () => {
  let tries = 0;
  const untilKept = createRetryWrites({
    clock: clockWith({ wait: () => Promise.resolve() }),
    stopping: new AbortController().signal,
    isTransient: () => false,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  const keep = untilKept(() => {
    tries += 1;
    return Promise.reject(new Error("constraint failed"));
  });
  await expect(keep()).rejects.toThrow("constraint failed");
  expect(tries).toBe(1);
});

test("gives up where the app stops", async () => {
  const { keep } = diskWith(100);
  await expect(keep("a result")).rejects.toThrow("disk is full");
});

test("of a journal, writes are tried again that nobody else asks for again, and no others", async () => {
  using store = openTestStore();
  const full = (): Promise<never> =>
    Promise.reject(Object.assign(new Error("disk is full"), { code: "ENOSPC" }));
  let tries = 0;
  const journal = retryWrites(
    {
      ...store,
      pendingRequests: {
        ...store.pendingRequests,
        remove: () => ((tries += 1) < 3 ? full() : Promise.resolve()),
      },
      statuses: { ...store.statuses, save: full },
    },
    {
      clock: clockWith({ wait: () => Promise.resolve() }),
      stopping: new AbortController().signal,
      logger: { debug() {}, info() {}, warning() {}, error() {} },
    },
  );
  await journal.pendingRequests.remove(1);
  expect(tries).toBe(3);
  await expect(journal.statuses.save("SM1", deliveryStatusOf({ status: "sent" }), 0)).rejects.toThrow(
    "disk is full",
  );
  expect(journal.commands.openCommands()).toEqual([]);
});
