import { readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { contactSchema, notifierSchema, OPTIONS_SCHEMA } from "../../src/options/options-schema.ts";

interface Translation {
  readonly name: string;
  readonly fields?: Record<string, unknown>;
}

function yaml<Content>(file: string): Content {
  return parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")) as Content;
}

const CONFIG = yaml<{
  version: string;
  options: Record<string, unknown>;
  schema: Record<string, string | Record<string, string> | [Record<string, string>]>;
}>("config.yaml");
const LISTS = { notifiers: notifierSchema, contacts: contactSchema };
const NAMES = Object.keys(OPTIONS_SCHEMA);

/** Names inside a nested option or a list of them. */
function fieldsOf(name: string): string[] {
  const schema = CONFIG.schema[name];
  return typeof schema === "object" ? Object.keys([schema].flat()[0] ?? {}) : [];
}

test("config.yaml and the app know the same options, in the same order", () => {
  expect(Object.keys(CONFIG.schema)).toEqual(NAMES);
});

test("the defaults in config.yaml are the app's", () => {
  for (const [name, value] of Object.entries(CONFIG.options)) {
    const schema = OPTIONS_SCHEMA[name as keyof typeof OPTIONS_SCHEMA];
    expect(schema.parse(undefined), name).toEqual(schema.parse(value));
  }
});

test("an option without a default is optional, but for the two that everybody must give", () => {
  const required = NAMES.filter((name) => {
    const type = CONFIG.schema[name];
    return !(name in CONFIG.options) && typeof type === "string" && !type.endsWith("?");
  });
  expect(required).toEqual(["account_sid", "auth_token"]);
});

test.each(Object.entries(LISTS))("an entry of %s has the fields that the app reads", (name, schema) => {
  expect(fieldsOf(name)).toEqual(Object.keys(schema.shape));
});

test("secrets are entered as passwords", () => {
  const passwords = NAMES.filter((name) => JSON.stringify(CONFIG.schema[name]).startsWith('"password'));
  expect(passwords).toEqual(["auth_token", "auth_token_previous", "api_key_secret", "webhook_secret"]);
});

test.each(["en", "de"])("every option, field and port has a name and a description in %s", (language) => {
  const { configuration, network } = yaml<{ configuration: Record<string, Translation>; network: object }>(
    `translations/${language}.yaml`,
  );
  expect(Object.keys(configuration)).toEqual(NAMES);
  for (const [name, { fields = {}, ...texts }] of Object.entries(configuration)) {
    expect(texts, name).toEqual({ name: expect.any(String), description: expect.any(String) });
    expect(Object.keys(fields), name).toEqual(fieldsOf(name));
  }
  expect(Object.keys(network)).toEqual(["8080/tcp"]);
});

test("config.yaml and package.json have one version", () => {
  expect(CONFIG.version).toBe(yaml<{ version: string }>("package.json").version);
});
