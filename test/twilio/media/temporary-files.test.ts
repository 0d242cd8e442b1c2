import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { openTemporaryFiles } from "../../../src/twilio/media/temporary-files.ts";
import type { TemporaryFiles, TemporaryFilesOptions } from "../../../src/twilio/media/temporary-files.ts";
import { clockWith } from "../../clock-with.ts";

const CONTENT = new Uint8Array(1000).fill(7);
const MEDIA = { type: "image/jpeg", content: CONTENT };

let parent: string;
let directory: string;
let lines: string[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "twilio-shelf-"));
  directory = join(parent, "media");
  lines = [];
});
afterEach(() => rm(parent, { recursive: true }));

function openShelf(over: Partial<TemporaryFilesOptions> = {}): Promise<TemporaryFiles> {
  const log = (line: string): void => void lines.push(line);
  const logger = { debug: log, info: log, warning: log, error: log };
  return openTemporaryFiles({ directory, clock: SYSTEM_CLOCK, chance: SYSTEM_CHANCE, logger, ...over });
}

async function tokenOf(shelf: TemporaryFiles): Promise<string> {
  const put = await shelf.add(MEDIA);
  if (!put.ok) throw new Error(put.message);
  return put.token;
}

async function contentOf(shelf: TemporaryFiles, token: string): Promise<Uint8Array | null> {
  const handle = await shelf.find(token)?.open();
  if (handle === undefined) return null;
  await using file = handle;
  return new Uint8Array(await file.readFile());
}

test("a file is found by its token alone, which is another each time", async () => {
  using shelf = await openShelf();
  const [one, two] = [await tokenOf(shelf), await tokenOf(shelf)];
  expect(one).toMatch(/^[\w-]{32}$/);
  expect(two).not.toBe(one);
  expect(shelf.find(one)).toMatchObject({ type: "image/jpeg", size: 1000 });
  expect(await contentOf(shelf, one)).toEqual(CONTENT);
  expect(shelf.find(`${one.slice(0, -1)}_`)).toBeNull();
});

test("after its time a file is no longer found, and is deleted", async () => {
  const clock = { now: 1_000_000 };
  using shelf = await openShelf({ clock: clockWith({ now: () => clock.now }), lifetimeMs: 100 });
  const token = await tokenOf(shelf);
  clock.now += 100;
  expect(shelf.find(token)).toBeNull();
  await vi.waitFor(async () => expect(await readdir(directory)).toEqual([]));
});

test("a restart within its time changes nothing, and the time goes on", async () => {
  const clock = { now: 1_000_000 };
  const before = await openShelf({ clock: clockWith({ now: () => clock.now }) });
  const token = await tokenOf(before);
  before[Symbol.dispose]();
  clock.now += 599_000;
  using after = await openShelf({ clock: clockWith({ now: () => clock.now }) });
  expect(after.find(token)).toMatchObject({ type: "image/jpeg", size: 1000 });
  expect(await contentOf(after, token)).toEqual(CONTENT);
  clock.now += 1_000;
  expect(after.find(token)).toBeNull();
});

test.each([
  ["after its time", 600_000],
  ["before it was given, by the clock", -1],
])("at a start %s a file is deleted", async (_when, passed) => {
  const clock = { now: 1_000_000 };
  const before = await openShelf({ clock: clockWith({ now: () => clock.now }) });
  const token = await tokenOf(before);
  before[Symbol.dispose]();
  clock.now += passed;
  using after = await openShelf({ clock: clockWith({ now: () => clock.now }) });
  expect(after.find(token)).toBeNull();
  expect(await readdir(directory)).toEqual([]);
});

test("at a start what was never finished, or is something else, is deleted", async () => {
  await mkdir(join(directory, "folder"), { recursive: true });
  await writeFile(join(directory, `${"a".repeat(32)}.9999999999999.image~jpeg.new`), "half");
  await writeFile(join(directory, "notes.txt"), "x");
  using shelf = await openShelf();
  expect(shelf.find("a".repeat(32))).toBeNull();
  expect(await readdir(directory)).toEqual([]);
});

test("more than there is room for is refused, until something has gone", async () => {
  const clock = { now: 1_000_000 };
  using shelf = await openShelf({
    maxBytes: 2_500,
    clock: clockWith({ now: () => clock.now }),
    lifetimeMs: 200,
  });
  // At the same time, so that what is not yet written counts as well.
  const puts = await Promise.all([1, 2, 3].map(() => shelf.add(MEDIA)));
  expect(puts.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(puts[2]).toMatchObject({ message: expect.stringContaining("within ten minutes") });
  await vi.waitFor(async () => expect(await shelf.add(MEDIA)).toMatchObject({ ok: true }));
});

test("a disk that takes nothing is told, and the room is free again", async () => {
  await writeFile(directory, "a file where the folder should be");
  using shelf = await openShelf({ maxBytes: 1_500 });
  for (const attempt of ["the first", "the second"]) {
    expect(await shelf.add(MEDIA), attempt).toEqual({
      ok: false,
      message: "the app cannot write it to its disk. Is that full?",
    });
  }
  expect(lines.join()).toContain("cannot be read");
});
