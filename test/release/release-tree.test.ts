import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";

import { writeReleaseTree } from "../../scripts/write-release-tree.ts";
import { APP_CONFIG } from "../packaging/app-config.ts";
import { lintAppConfig } from "../packaging/lint-app-config.ts";
import { ROOT, rootFile } from "../packaging/root-file.ts";

const IMAGE = "ghcr.io/somebody/twilio-for-home-assistant";

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "twilio-release-"));
  await writeReleaseTree({ from: ROOT, to: join(tree, "new"), image: IMAGE });
  tree = join(tree, "new");
});
afterAll(() => rm(join(tree, ".."), { recursive: true }));

const read = (name: string) => readFile(join(tree, name), "utf8");

test("the release tree has the files that the app store reads, and no sources", async () => {
  const files = await readdir(tree, { recursive: true });
  expect(files.toSorted()).toEqual([
    "CHANGELOG.md",
    "DOCS.md",
    "LICENSE",
    "README.md",
    "apparmor.txt",
    "config.yaml",
    "icon.png",
    "logo.png",
    "repository.yaml",
    "translations",
    "translations/de.yaml",
    "translations/en.yaml",
  ]);
});

test("apart from the added key `image`, the config.yaml of a release is that of the repository, with comments and order", async () => {
  const text = await read("config.yaml");
  expect(text.replace(`image: ${IMAGE}\n`, "")).toBe(rootFile("config.yaml"));
  expect(parse(text)).toEqual({ ...APP_CONFIG, image: IMAGE });
});

test("Supervisor and the app linter accept the release tree", async () => {
  const { image, ...config } = parse(await read("config.yaml")) as Record<string, unknown>;
  expect(lintAppConfig(config)).toEqual([]);
  // The name is checked like `docker_image` in Supervisor's `supervisor/validate.py`: small letters, and no tag.
  expect(image).toMatch(/^[a-z0-9.-]+(\/[a-z0-9][a-z0-9._-]*)+$/);
});

test.each(["README.md", "DOCS.md"])(
  "in a release, the links of %s lead to the repository at the released version",
  async (name) => {
    const links = (text: string) => [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link]) => link ?? "");
    const base = `${APP_CONFIG.url}/blob/v${APP_CONFIG.version}/`;
    const expected = links(rootFile(name)).map((link) => (/^(#|https?:)/.test(link) ? link : base + link));
    expect(links(await read(name))).toEqual(expected);
  },
);

test("the release tree has the repository's changelog, licence, AppArmor profile and translations unchanged", async () => {
  for (const name of ["CHANGELOG.md", "LICENSE", "apparmor.txt", "repository.yaml", "translations/de.yaml"]) {
    expect(await read(name), name).toBe(rootFile(name));
  }
});
