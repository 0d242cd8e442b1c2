import { expect, test } from "vitest";

import { acceptedLanguages, loadPageTexts, pageLanguage } from "../../src/texts/accepted-languages.ts";

test.each<[string | undefined, readonly string[]]>([
  [undefined, []],
  ["", []],
  ["*", []],
  ["de", ["de"]],
  ["de-AT, en;q=0.8, *;q=0.1", ["de-AT", "en"]],
  ["en;q=0.5,de;q=0.9", ["de", "en"]],
  ["fr;q=0, de", ["de"]],
  ["../../secret, de", ["de"]],
  ["zh-Hans-CN ; q=0.4", ["zh-Hans-CN"]],
])("from a browser's header Accept-Language %o, the app reads the languages %o", (header, languages) => {
  expect(acceptedLanguages(header)).toEqual(languages);
});

test("from an Accept-Language header with thousands of languages, the app reads only ten", () => {
  expect(acceptedLanguages("de,".repeat(5_000))).toHaveLength(10);
});

test.each<[string | undefined, string, string]>([
  ["de-CH,de;q=0.9", "en-GB", "de-CH"],
  ["fr-FR,fr;q=0.9,de;q=0.8", "en", "de"],
  ["fr", "de", "de"],
  ["en-US,en;q=0.9", "de", "en-US"],
  [undefined, "de-AT", "de-AT"],
  ["*", "de", "de"],
  ["sv", "sv", "sv"],
])(
  "a browser with the Accept-Language %o and a Home Assistant with the language %s get a page in %s",
  async (header, house, language) => {
    await loadPageTexts(header, house);
    expect(pageLanguage(header, house)).toBe(language);
  },
);
