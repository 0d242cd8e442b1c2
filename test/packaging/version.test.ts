import { expect, test } from "vitest";

import { APP_CONFIG } from "./app-config.ts";
import { rootFile, rootYaml } from "./root-file.ts";

test("config.yaml, package.json and package-lock.json have the same version", () => {
  const { version } = APP_CONFIG;
  expect(rootYaml("package.json")).toMatchObject({ version });
  expect(rootYaml("package-lock.json")).toMatchObject({ version, packages: { "": { version } } });
});

test("the newest entry of CHANGELOG.md is the version of config.yaml or the section for unreleased changes", () => {
  const headings = [...rootFile("CHANGELOG.md").matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(["Unreleased", APP_CONFIG.version]).toContain(headings[0]);
  const released = headings.filter((heading) => heading !== "Unreleased");
  // Users get the version in config.yaml, so it must be the newest released version in the changelog.
  expect(released.slice(0, 1)).toEqual(released.length === 0 ? [] : [APP_CONFIG.version]);
  expect(released).toEqual(released.toSorted((one, other) => compare(other, one)));
});

function compare(one = "", other = ""): number {
  return one.localeCompare(other, "en", { numeric: true });
}
