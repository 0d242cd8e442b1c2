import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { wordProblem } from "../../scripts/lint/plain-words-rule.ts";
import { longSentences } from "../../scripts/lint/sentences.ts";
import { ROOT, rootFile } from "../packaging/root-file.ts";
import { proseOfMarkdown, proseOfYaml } from "./prose-of.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|ya?ml)$/.test(entry.name))
    .map(({ name }) => join(folder, name));

const FILES = [
  ...["", "docs", "translations", "demo/home"].flatMap(filesIn),
  ...["addon", "addon/scripts", "addon/blueprints"].flatMap(filesIn),
  ...[".github", ".github/ISSUE_TEMPLATE", ".github/workflows"].flatMap(filesIn),
];

describe.each(FILES)("%s", (file) => {
  const prose = file.endsWith(".md") ? proseOfMarkdown(rootFile(file)) : proseOfYaml(rootFile(file));

  test("has none of the words that this project no longer uses", () => {
    expect(prose.map((text) => wordProblem("prose", text)).filter((problem) => problem !== null)).toEqual([]);
  });

  test("has no sentence that is too long to be read at once", () => {
    expect(prose.flatMap(longSentences)).toEqual([]);
  });
});

test("documents are wrapped at 120 characters, except for tables, addresses and code", () => {
  const documents = FILES.filter((file) => file.endsWith(".md"));
  const long = documents.flatMap((file) =>
    rootFile(file)
      .replaceAll(/^( *)```[^]*?^\1```$/gm, "")
      .split("\n")
      .filter((line) => line.length > 120 && !/^\||\]\(|^\[[^\]]+\]: /.test(line))
      .map((line) => `${file}: ${line}`),
  );
  expect(long).toEqual([]);
});

describe("the prose of a document", () => {
  test("is its paragraphs, items and cells, without code, headings and addresses", () => {
    const markdown =
      "# A heading\n\nOne\n*two*.\n\n- three\n  four\n- [five](https://example.com)\n\n| six | seven |\n\n```sh\neight\n```\n";
    expect(proseOfMarkdown(markdown)).toEqual(["One two.", "three four", "five", "six", "seven"]);
  });

  test("of YAML is its comments, names and descriptions", () => {
    const yaml = "# Two\n# lines.\nname: Three\nvalue: four\nfields:\n  description: Five.\n";
    expect(proseOfYaml(yaml)).toEqual(["Two\nlines.\n", "Three", "Five."]);
  });
});
