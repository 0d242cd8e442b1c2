import { expect, test } from "vitest";

import { releaseFaults } from "../../scripts/release-faults.ts";

const CHANGELOG = "# Changelog\n\n## 1.2.3\n\n- Something new.\n\n## 1.2.2\n\n- Something old.\n";
const FILES = { tag: "v1.2.3", configVersion: "1.2.3", packageVersion: "1.2.3", changelog: CHANGELOG };

test("a release is accepted if every file names the version of its tag", () => {
  expect(releaseFaults(FILES)).toEqual([]);
});

test.each([
  ["the tag has no v", { tag: "1.2.3" }, [/1\.2\.3, and not of the form/]],
  ["the tag is a preview", { tag: "v1.2.3-beta.1" }, [/not of the form/]],
  [
    "config.yaml has an older version",
    { configVersion: "1.2.2" },
    [/^config\.yaml has version 1\.2\.2, but .* v1\.2\.3/],
  ],
  ["package.json has an older version", { packageVersion: "1.2.2" }, [/^package\.json has version 1\.2\.2/]],
  [
    "all files have an older version",
    { tag: "v2.0.0" },
    [/^config\.yaml/, /^package\.json/, /^CHANGELOG\.md/],
  ],
  [
    "the changelog begins with unreleased changes",
    { changelog: CHANGELOG.replace("## ", "## Unreleased\n\n- New.\n\n## ") },
    [/^CHANGELOG\.md begins with Unreleased/],
  ],
  ["the changelog is empty", { changelog: "# Changelog\n" }, [/^CHANGELOG\.md begins with no heading/]],
])("a release is refused if %s", (_what, change, faults) => {
  expect(releaseFaults({ ...FILES, ...change })).toEqual(faults.map((fault) => expect.stringMatching(fault)));
});
