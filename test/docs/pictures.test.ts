import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { APP_CONFIG } from "../packaging/app-config.ts";
import { ROOT, rootFile } from "../packaging/root-file.ts";

/**
 * The URL of the pictures. DOCS.md needs full URLs, because Home Assistant shows it without the repository's files.
 */
const FROM = `${APP_CONFIG.url.replace("https://github.com/", "https://raw.githubusercontent.com/")}/main/`;
const MOST_BYTES = 80_000;

const pictures = ["DOCS.md", "README.md"].flatMap((file) =>
  [...rootFile(file).matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, words = "", address = ""]) => ({
    words,
    address,
  })),
);

test("each picture in the documents exists, is a small file, and has a description in words", () => {
  expect(pictures.length).toBeGreaterThan(0);
  for (const { words, address } of pictures) {
    const file = join(ROOT, address.slice(FROM.length));
    expect([address, address.startsWith(FROM) && existsSync(file)]).toEqual([address, true]);
    expect(readFileSync(file).toString("latin1", 1, 4)).toBe("PNG");
    expect(statSync(file).size, address).toBeLessThan(MOST_BYTES);
    expect(words, address).toMatch(/\S+ \S+/);
  }
});

test("each picture in the repository's picture folders is shown in a document", () => {
  const shown = pictures.map(({ address }) => address.split("/").at(-1));
  expect(new Set(readdirSync(join(ROOT, "docs/pictures")))).toEqual(new Set(shown));
});
