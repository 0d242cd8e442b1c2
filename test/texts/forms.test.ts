import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { expect, test } from "vitest";

import { parseYaml } from "../../src/home-assistant/scripts/yaml.ts";
import { markScript } from "../../src/provisioning/own-script.ts";
import { translateForm } from "../../src/provisioning/translate-form.ts";
import { TRANSLATED_LANGUAGES } from "../../src/texts/languages.ts";
import { loadTexts, textsFor } from "../../src/texts/texts-for.ts";

type Form = Readonly<Record<string, unknown>>;

/** The forms of all scripts and blueprints, by file. */
const FORMS = globSync("addon/{scripts,blueprints}/*.yaml").map((file): readonly [string, Form] => {
  const { blueprint, sequence, ...script } = parseYaml(readFileSync(file, "utf8")) as Form;
  return [basename(file), sequence === undefined ? (blueprint as Form) : script];
});
const MARK = markedText();

/**
 * All texts of the forms. Defaults of inputs count as texts if they have a space, a capital letter or a full stop.
 */
function textsOf(kind: "shown" | "default"): ReadonlySet<string> {
  const texts = new Set<string>();
  const note = (text: string): string => {
    texts.add(text);
    return text;
  };
  const pass = (text: string): string => text;
  for (const [, form] of FORMS)
    translateForm(form, kind === "shown" ? note : pass, kind === "shown" ? pass : note);
  return texts;
}

function markedText(): string {
  let mark = "";
  markScript(
    "send",
    1,
    { description: "", sequence: [] },
    () => "01234567",
    (text) => {
      mark = text;
      return text;
    },
  );
  return mark;
}

const EXAMPLES = new Set(
  FORMS.flatMap(([, { fields }]) =>
    Object.values((fields ?? {}) as Readonly<Record<string, { example?: string }>>).map(
      ({ example }) => example,
    ),
  ),
);
/** Whether a default is the value of a choice, the name of an action, or a template without words. */
const isTechnical = (text: string): boolean =>
  /^[a-z_.]*$/.test(text) || /^\{\{ [\w.]+ \}\}$/.test(text) || !/\p{L}{2}/u.test(text);

test("the translated forms of scripts and blueprints exist in every language that has a folder of texts", () => {
  const folders = globSync("src/texts/*/texts.ts").map((file) => file.split("/").at(-2));
  expect(new Set(folders)).toEqual(new Set(["en", ...TRANSLATED_LANGUAGES]));
});

test.each(TRANSLATED_LANGUAGES)(
  "the translations of the forms in %s contain every text of the forms, and no others",
  async (language) => {
    await loadTexts(language);
    const forms = await textsFor(language).forms();
    const shown = [...textsOf("shown")].filter((text) => text !== "");
    const needed = [
      MARK,
      ...shown.filter((text) => !EXAMPLES.has(text)),
      ...[...textsOf("default")].filter((text) => !isTechnical(text)),
    ];
    expect(needed.filter((text) => !Object.hasOwn(forms, text))).toEqual([]);
    const known = new Set([...needed, ...shown]);
    expect(Object.keys(forms).filter((text) => !known.has(text))).toEqual([]);
  },
);

test.each(TRANSLATED_LANGUAGES)(
  "the translations of the forms in %s keep templates, codes and names of fields unchanged",
  async (language) => {
    const forms = await textsFor(language).forms();
    const parts = (text: string): readonly string[] =>
      (text.match(/\{\{.*?\}\}|\{\w+\}|`[^`]+`|script\.\w+|STIR\/SHAKEN/g) ?? []).toSorted();
    for (const [english, text] of Object.entries(forms)) expect(parts(text), text).toEqual(parts(english));
  },
);

test.each(TRANSLATED_LANGUAGES)(
  "in %s, each script and blueprint has its own name, which differs from the English name",
  async (language) => {
    const forms = await textsFor(language).forms();
    const names = FORMS.map(([, { alias, name }]) => String(alias ?? name));
    const translated = names.map((name) => forms[name]);
    expect(new Set([...names, ...translated]).size).toBe(names.length * 2);
  },
);
