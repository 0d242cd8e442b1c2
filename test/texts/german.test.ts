import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

const FILES = [
  ...globSync("src/texts/de/**/*.ts"),
  ...globSync("addon/*/de/**/*.yaml"),
  "translations/de.yaml",
].toSorted();

/** Home Assistant says "du". Inside of a sentence, these words are the formal "Sie". */
const FORMAL = [/(?<=[\p{Ll}\d,;)“] )Sie\b/u, /(?<=[\p{Ll}\d,;)“] )Ihr(?:e[mnrs]?)?\b/u, /\bIhnen\b/u];
/** Words that German users of Home Assistant do not know, each with Home Assistant's word. */
const UNUSUAL = [
  [/\bAnforderung/u, "Auftrag"],
  [/\bNotifier/u, "Benachrichtigungsdienst"],
  [/\bAdd-on/iu, "App"],
] as const;

test.each(FILES)('the German text %s says "du", as Home Assistant does', (file) => {
  const formal = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => FORMAL.some((pattern) => pattern.test(line)));
  expect(formal).toEqual([]);
});

test.each(FILES)("the German text %s uses Home Assistant's German words", (file) => {
  const text = readFileSync(file, "utf8");
  const found = UNUSUAL.filter(([pattern]) => pattern.test(text)).map(([, better]) => `say ${better}`);
  expect(found).toEqual([]);
});
