import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { APP_CONFIG } from "./app-config.ts";
import { repositoryFiles } from "./repository-files.ts";
import { ROOT, rootFile, rootYaml } from "./root-file.ts";

/** The width and height of a picture, from the first bytes of a PNG (PNG specification, 11.2.1). */
function sizeOf(picture: string): [number, number] {
  const bytes = readFileSync(join(ROOT, picture));
  expect(bytes.toString("latin1", 1, 4)).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test("Supervisor finds one app and one repository in the folder, and mistakes no other file for an app", () => {
  const read = /(^|\/)((config|build)\.([^/]*\.)?(ya?ml|json)|repository\.[^/]+)$/i;
  expect(repositoryFiles().filter((file) => read.test(file))).toEqual(["config.yaml", "repository.yaml"]);
});

test("the files that the app store shows are in the same folder as config.yaml", () => {
  const shown = ["README.md", "DOCS.md", "CHANGELOG.md", "icon.png", "logo.png", "LICENSE"];
  expect(shown.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test("the pictures have the sizes that the app store requires", () => {
  expect(sizeOf("icon.png")).toEqual([128, 128]);
  expect(sizeOf("logo.png")).toEqual([250, 100]);
});

test("repository.yaml has a name, a URL and a maintainer", () => {
  expect(rootYaml("repository.yaml")).toEqual({
    name: expect.stringMatching(/\S/),
    url: APP_CONFIG.url,
    maintainer: expect.stringMatching(/\S/),
  });
});

test("the file LICENSE is the licence that package.json names", () => {
  expect(rootYaml("package.json")).toMatchObject({ license: "Apache-2.0" });
  expect(rootFile("LICENSE")).toMatch(/Apache License\s+Version 2\.0/);
});
