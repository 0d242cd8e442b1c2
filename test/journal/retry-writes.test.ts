import { expect, test } from "vitest";

import { deliveryStatusOf } from "../../src/domain/events/delivery-status.ts";
import { createRetryWrites, retryWrites } from "../../src/journal/retry-writes.ts";
import { clockWith } from "../clock-with.ts";
import { openTestStore } from "./open-test-store.ts";

function diskWith(room: number) {
  const logged: string[] = [];
  const stopping = new AbortController();
  let tries = 0;
  const retry = createRetryWrites({
    clock: clockWith({ wait: () => Promise.resolve() }),
    stopping: stopping.signal,
    isTransient: (error) => String(error).includes("disk"),
    logger: { debug() {}, info() {}, warning() {}, error: (message) => void logged.push(message) },
  });
  const write = retry((what: string) => {
    tries += 1;
    if (tries === 5) stopping.abort();
    return tries < room ? Promise.reject(new Error("disk is full")) : Promise.resolve(`stored ${what}`);
  });
  return { write, logged };
}

test("a write to the journal is retried until the disk has free space, and one error is logged", async () => {
  const { write, logged } = diskWith(3);
  expect(await write("a result")).toBe("stored a result");
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain("disk is full");
});

test("a write to the journal that can never succeed is not retried", async () => {
  let tries = 0;
  const retry = createRetryWrites({
    clock: clockWith({ wait: () => Promise.resolve() }),
    stopping: new AbortController().signal,
    isTransient: () => false,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  const write = retry(() => {
    tries += 1;
    return Promise.reject(new Error("constraint failed"));
  });
  await expect(write()).rejects.toThrow("constraint failed");
  expect(tries).toBe(1);
});

test("retries of writes to the journal end when the app stops", async () => {
  const { write } = diskWith(100);
  await expect(write("a result")).rejects.toThrow("disk is full");
});

test("the journal retries only those writes that no caller repeats", async () => {
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
