import { expect, test } from "vitest";

import { contactSchema, notifierSchema, OPTIONS_SCHEMA } from "../../src/options/options-schema.ts";
import { APP_CONFIG, fieldsOf } from "./app-config.ts";
import { rootFile, rootYaml } from "./root-file.ts";

const { options, schema } = APP_CONFIG;
const LISTS = { notifiers: notifierSchema, contacts: contactSchema };
const NAMES = Object.keys(OPTIONS_SCHEMA);

interface Translations {
  readonly configuration: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly network: Readonly<Record<string, unknown>>;
}

interface Texts {
  readonly description: string;
  readonly fields?: Readonly<Record<string, Texts>>;
}

/** The names of all texts, such as `configuration.contacts.fields.name.description`. */
function textsIn(translations: object, path = ""): string[] {
  return Object.entries(translations).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? textsIn(value, `${path}${key}.`) : [path + key],
  );
}

test("config.yaml and the app know the same options, in the same order", () => {
  expect(Object.keys(schema)).toEqual(NAMES);
});

test("the app's defaults are the defaults in config.yaml", () => {
  for (const [name, value] of Object.entries(options)) {
    const type = OPTIONS_SCHEMA[name as keyof typeof OPTIONS_SCHEMA];
    expect(type.parse(undefined), name).toEqual(type.parse(value));
  }
});

/**
 * Home Assistant's form shows options that are required or have a default in config.yaml, in the order of `schema`.
 */
test("the options that nearly everybody needs come first in the form, and are shown without Supervisor's switch for unused options", () => {
  const shown = NAMES.filter((name) => name in options || !JSON.stringify(schema[name]).endsWith('?"'));
  expect(shown.slice(0, 9)).toEqual([
    "account_sid",
    "auth_token",
    "public_url",
    "contacts",
    "default_sender",
    "incoming_calls",
    "incoming_messages",
    "language",
    "limits",
  ]);
});

test("the options for other providers and regions come last in the form, and are shown only with all options", () => {
  expect(NAMES.slice(-4)).toEqual(["api_base_url", "webhook_secret", "region", "edge"]);
  expect(NAMES.slice(-4).filter((name) => name in options)).toEqual([]);
});

test("each option without a default is optional, except for the two credentials", () => {
  const required = NAMES.filter((name) => {
    const type = schema[name];
    return !(name in options) && !(typeof type === "string" && type.endsWith("?"));
  });
  expect(required).toEqual(["account_sid", "auth_token"]);
});

test("a default that has fields contains all fields that Supervisor requires", () => {
  for (const [name, value] of Object.entries(options)) {
    const type = schema[name];
    if (typeof type !== "object" || Array.isArray(type)) continue;
    const demanded = Object.entries(type).filter(([, field]) => !field.endsWith("?"));
    expect(Object.keys(value as object), name).toEqual(demanded.map(([field]) => field));
  }
});

test.each(Object.entries(LISTS))(
  "an entry of the option %s has the fields that the app reads",
  (name, type) => {
    expect(fieldsOf(name)).toEqual(Object.keys(type.shape));
  },
);

test("the form shows secret options as passwords", () => {
  const passwords = NAMES.filter((name) => JSON.stringify(schema[name]).startsWith('"password'));
  expect(passwords).toEqual(["auth_token", "auth_token_previous", "api_key_secret", "webhook_secret"]);
});

test.each(["en", "de"])(
  "every option, field and port has a name and a description in the language %s",
  (language) => {
    const { configuration, network } = rootYaml<Translations>(`translations/${language}.yaml`);
    const text = expect.stringMatching(/\S/);
    const described = (names: string[]) =>
      Object.fromEntries(names.map((name) => [name, { name: text, description: text }]));
    for (const [name, texts] of Object.entries(configuration)) {
      const fields = fieldsOf(name);
      const wanted = { name: text, description: text };
      expect(texts, name).toEqual(fields.length === 0 ? wanted : { ...wanted, fields: described(fields) });
    }
    expect(Object.keys(configuration)).toEqual(NAMES);
    expect(network).toEqual({ "8080/tcp": text });
  },
);

/** The choices of each option or field with a list of values, such as `reject`. */
const CHOICES = Object.entries(schema).flatMap(([option, type]) => {
  const [entry] = [type].flat();
  const fields = typeof entry === "object" ? Object.entries(entry) : [[null, String(entry)] as const];
  return fields.flatMap(([field, kind]) => {
    const [, words] = /^list\((.+)\)\??$/.exec(kind) ?? [];
    return words === undefined ? [] : [{ option, field, words: words.split("|") }];
  });
});

/** Supervisor's form shows each value of a choice without an explanation. */
test.each(["en", "de"])(
  "the description of an option explains each of its choices, in the language %s",
  (language) => {
    const { configuration } = rootYaml<Translations>(`translations/${language}.yaml`);
    expect(CHOICES.map(({ option, field }) => field ?? option)).toEqual([
      "otherwise",
      "strangers",
      "type",
      "log_level",
    ]);
    for (const { option, field, words } of CHOICES) {
      const texts = configuration[option] as unknown as Texts;
      const explained = field === null ? texts : texts.fields?.[field];
      for (const word of words)
        expect(explained?.description, `${option}.${field}`).toMatch(new RegExp(`\\b${word}:`));
    }
  },
);

test("all languages have the same texts in the same order, and no option's description is left in English", () => {
  const en = rootYaml<Translations>("translations/en.yaml");
  const de = rootYaml<Translations>("translations/de.yaml");
  expect(textsIn(de)).toEqual(textsIn(en));
  for (const [name, texts] of Object.entries(de.configuration)) {
    expect(texts["description"], name).not.toBe(en.configuration[name]?.["description"]);
  }
});

test("DOCS.md names every option", () => {
  const docs = rootFile("DOCS.md");
  expect(NAMES.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});
