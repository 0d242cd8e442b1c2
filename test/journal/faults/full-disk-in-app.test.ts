import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { startProcessHouse } from "./start-process-house.ts";
import type { ProcessHouse } from "./start-process-house.ts";

/** Almost the longest text of a message, so that only a few of them fit on a full disk. */
const LONG = "x".repeat(1_590);

let house: ProcessHouse;
beforeEach(async () => {
  house = await startProcessHouse(new URL("no-room.ts", import.meta.url));
});
afterEach(() => house[Symbol.asyncDispose]());

const fillDisk = (): Promise<void> => writeFile(join(house.directory, "no-room"), "");
const makeRoom = (): Promise<void> => rm(join(house.directory, "no-room"));

type Parameters = Readonly<Record<string, string>>;

async function postAll(webhooks: readonly Parameters[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const webhook of webhooks) statuses.push((await house.post(webhook)).status);
  return statuses;
}

const texts = (webhooks: readonly Parameters[]): unknown[] => webhooks.map((webhook) => webhook["Body"]);
const firedTexts = (): unknown[] => house.home.fired.map(({ data }) => data["Body"]);
const waitForTexts = (expected: readonly unknown[]): Promise<void> =>
  vi.waitFor(() => expect(firedTexts()).toEqual(expected));

test("on a full disk, every webhook that cannot be stored gets 503, and webhooks are accepted again when there is free space", async () => {
  const early = house.message("early");
  expect(await postAll([early])).toEqual([200]);
  const webhooks = Array.from({ length: 20 }, (_none, n) => house.message(`${n} ${LONG}`));

  await fillDisk();
  const statuses = await postAll(webhooks);
  expect(new Set(statuses.slice(-5))).toEqual(new Set([503]));
  expect(await house.health()).toBe(503);
  // Some webhooks still fit on the last pages of the journal.
  const accepted = [early, ...webhooks.filter((_webhook, n) => statuses[n] === 200)];
  await waitForTexts(texts(accepted));

  await makeRoom();
  expect(await house.health()).toBe(200);
  expect(new Set(await postAll([early, ...webhooks]))).toEqual(new Set([200]));
  const refused = webhooks.filter((_webhook, n) => statuses[n] !== 200);
  await waitForTexts(texts([...accepted, ...refused]));
  expect(await postAll(webhooks.slice(-1))).toEqual([200]);
  await house.app[Symbol.asyncDispose]();
  expect(firedTexts()).toEqual(texts([...accepted, ...refused]));
});
