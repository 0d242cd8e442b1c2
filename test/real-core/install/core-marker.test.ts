import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { CoreInstallation } from "./core-installation.ts";
import { readMarker, removeUnfinished, writeMarker } from "./core-marker.ts";

let directory: string;
let marker: string;
let installation: CoreInstallation;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "core-marker-"));
  marker = join(directory, "core-2026.11.0.json");
  const root = await makeTree("core-2026.11.0-0123abcd");
  installation = { version: "2026.11.0", hass: "/hass", root, complete: true };
});
afterEach(() => rm(directory, { recursive: true }));

async function makeTree(name: string): Promise<string> {
  const root = join(directory, name);
  await mkdir(root);
  await writeFile(join(root, "hass"), "");
  return root;
}

test("the tests use an installation of Home Assistant again if it is marked as complete", async () => {
  await writeMarker(marker, installation);
  expect(await readMarker(marker)).toEqual(installation);
});

test("the tests install Home Assistant if no complete installation is marked, or if the marked one was deleted", async () => {
  expect(await readMarker(marker)).toBeNull();
  await writeMarker(marker, installation);
  await rm(join(installation.root ?? "", "hass"));
  expect(await readMarker(marker)).toBeNull();
});

test.each([
  ["without a version", () => installation],
  ["of an earlier version", () => ({ recipe: 1, installation })],
  ["of a later version", () => ({ recipe: 1_000, installation })],
  ["that holds something else", () => ["core"]],
])("a marker %s makes the tests install Home Assistant again", async (_, written) => {
  await writeFile(marker, JSON.stringify(written()));
  expect(await readMarker(marker)).toBeNull();
});

test("an older test installation of Home Assistant is kept until the new one is complete, because it may still run", async () => {
  await writeFile(marker, JSON.stringify(installation));
  await makeTree("core-2026.11.0-dead0000");
  await removeUnfinished(directory);
  expect(await readdir(directory)).toEqual(["core-2026.11.0-0123abcd", "core-2026.11.0.json"]);
  const root = await makeTree("core-2026.11.0-4567cdef");
  await writeMarker(marker, { ...installation, root });
  await removeUnfinished(directory);
  expect(await readdir(directory)).toEqual(["core-2026.11.0-4567cdef", "core-2026.11.0.json"]);
});
