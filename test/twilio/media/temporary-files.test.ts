import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { mediaFileName, openTemporaryFiles, UNFINISHED } from "../../../src/twilio/media/temporary-files.ts";
import type { TemporaryFiles, TemporaryFilesOptions } from "../../../src/twilio/media/temporary-files.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { clockWith } from "../../clock-with.ts";

const CONTENT = new Uint8Array(1000).fill(7);
const MEDIA = { type: "image/jpeg", content: CONTENT };

let parent: string;
let directory: string;
let lines: string[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "twilio-media-"));
  directory = join(parent, "media");
  lines = [];
});
afterEach(() => rm(parent, { recursive: true }));

function openFiles(over: Partial<TemporaryFilesOptions> = {}): Promise<TemporaryFiles> {
  const log = (line: string): void => void lines.push(line);
  const logger = { debug: log, info: log, warning: log, error: log };
  return openTemporaryFiles({ directory, clock: SYSTEM_CLOCK, chance: SYSTEM_CHANCE, logger, ...over });
}

async function tokenOf(files: TemporaryFiles): Promise<string> {
  const put = await files.add(MEDIA);
  if (!put.ok) throw new Error(put.message);
  return put.token;
}

async function contentOf(files: TemporaryFiles, token: string): Promise<Uint8Array | null> {
  const handle = await files.find(token)?.open();
  if (handle === undefined) return null;
  await using file = handle;
  return new Uint8Array(await file.readFile());
}

test("a published file is found only by the random token in its URL, which is different each time", async () => {
  using files = await openFiles();
  const [one, two] = [await tokenOf(files), await tokenOf(files)];
  expect(one).toMatch(/^[\w-]{32}$/);
  expect(two).not.toBe(one);
  expect(files.find(one)).toMatchObject({ type: "image/jpeg", size: 1000 });
  expect(await contentOf(files, one)).toEqual(CONTENT);
  const otherEnd = one.endsWith("_") ? "-" : "_";
  expect(files.find(`${one.slice(0, -1)}${otherEnd}`)).toBeNull();
});

test("a published file is deleted when its time is over", async () => {
  const clock = createTestClock();
  using time = clock.stop();
  using files = await openFiles({ clock });
  const token = await tokenOf(files);
  time.advance(600_000);
  expect(files.find(token)).toBeNull();
  await vi.waitFor(async () => expect(await readdir(directory)).toEqual([]));
});

test("a published file stays available after a restart until its time is over", async () => {
  const clock = { now: 1_000_000 };
  const before = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  const token = await tokenOf(before);
  before[Symbol.dispose]();
  clock.now += 599_000;
  using after = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  expect(after.find(token)).toMatchObject({ type: "image/jpeg", size: 1000 });
  expect(await contentOf(after, token)).toEqual(CONTENT);
  clock.now += 1_000;
  expect(after.find(token)).toBeNull();
});

test.each([
  ["after its time is over", 600_000],
  ["if the clock shows a time before its publication", -1],
])("a published file is deleted at a start of the app %s", async (_when, passed) => {
  const clock = { now: 1_000_000 };
  const before = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  const token = await tokenOf(before);
  before[Symbol.dispose]();
  clock.now += passed;
  using after = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  expect(after.find(token)).toBeNull();
  expect(await readdir(directory)).toEqual([]);
});

test("incomplete and unknown files in the folder of published files are deleted at a start", async () => {
  await mkdir(join(directory, "folder"), { recursive: true });
  const clock = { now: 1_000_000 };
  const name = mediaFileName({ token: "a".repeat(32), type: "image/jpeg", expiresAt: clock.now + 1_000 });
  await writeFile(join(directory, name + UNFINISHED), "half");
  await writeFile(join(directory, "notes.txt"), "x");
  using files = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  expect(files.find("a".repeat(32))).toBeNull();
  expect(await readdir(directory)).toEqual([]);
});

test("a published file that the app cannot read after a restart does not hide the others", async () => {
  const clock = { now: 1_000_000 };
  const before = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  const token = await tokenOf(before);
  before[Symbol.dispose]();
  // Names before and after that of the published file, in every order of a folder.
  for (const letter of ["-", "z"]) {
    const name = mediaFileName({ token: letter.repeat(32), type: "image/png", expiresAt: clock.now + 1_000 });
    await symlink(join(parent, "nothing"), join(directory, name));
  }
  using after = await openFiles({ clock: clockWith({ now: () => clock.now }) });
  expect(await contentOf(after, token)).toEqual(CONTENT);
  expect(lines.join()).toContain("could not read some pictures and sounds");
});

test("a file that would exceed the limit of all published files is refused until another file's time is over", async () => {
  const clock = createTestClock();
  using time = clock.stop();
  using files = await openFiles({ clock, maxBytes: 2_500 });
  // The files are added at the same time, so that files that are being written count, too.
  const puts = await Promise.all([1, 2, 3].map(() => files.add(MEDIA)));
  expect(puts.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(puts[2]).toMatchObject({ message: expect.stringContaining("in ten minutes") });
  time.advance(600_000);
  await vi.waitFor(async () => expect(await files.add(MEDIA)).toMatchObject({ ok: true }));
});

test("a published file that cannot be written is reported and does not count towards the limit", async () => {
  await writeFile(directory, "a file where the folder should be");
  using files = await openFiles({ maxBytes: 1_500 });
  for (const attempt of ["the first", "the second"]) {
    expect(await files.add(MEDIA), attempt).toEqual({
      ok: false,
      message: "the app cannot write it to its disk. Make sure that the disk is not full.",
    });
  }
  expect(lines.join()).toContain("could not read some pictures and sounds");
});
