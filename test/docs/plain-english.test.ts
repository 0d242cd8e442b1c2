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

describe.each(FILES)("the document %s", (file) => {
  const prose = file.endsWith(".md") ? proseOfMarkdown(rootFile(file)) : proseOfYaml(rootFile(file));

  test("has none of the words that this project no longer uses", () => {
    expect(prose.map((text) => wordProblem("prose", text)).filter((problem) => problem !== null)).toEqual([]);
  });

  test("has no sentence of more than 25 words", () => {
    expect(prose.flatMap(longSentences)).toEqual([]);
  });
});

test("lines of documents have at most 120 characters, except for tables, URLs and code", () => {
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

describe("the check of the documents' language", () => {
  test("reads paragraphs, list items and table cells, without code, headings and URLs", () => {
    const markdown =
      "# A heading\n\nOne\n*two*.\n\n- three\n  four\n- [five](https://example.com)\n\n| six | seven |\n\n```sh\neight\n```\n";
    expect(proseOfMarkdown(markdown)).toEqual(["One two.", "three four", "five", "six", "seven"]);
  });

  test("reads the comments, names and descriptions in YAML", () => {
    const yaml = "# Two\n# lines.\nname: Three\nvalue: four\nfields:\n  description: Five.\n";
    expect(proseOfYaml(yaml)).toEqual(["Two\nlines.\n", "Three", "Five."]);
  });
});
