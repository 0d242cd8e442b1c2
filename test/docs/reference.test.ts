import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { ALARM_EVENT_STATES } from "../../src/alarms/alarm-event.ts";
import { TALK_ERRORS } from "../../src/calls/step-result.ts";
import { EXPLAINED_ERRORS, explanationOf } from "../../src/domain/twilio-errors/index-by-code.ts";
import { APP_CONFIG, fieldsOf } from "../packaging/app-config.ts";
import { ROOT, rootFile, rootYaml } from "../packaging/root-file.ts";
import { readBlocks } from "./documents.ts";
import { nameIn, readTable } from "./read-table.ts";

const DOCS = rootFile("DOCS.md");

interface Field {
  readonly description: string;
  readonly required?: boolean;
  readonly example: string;
  readonly selector: { readonly select?: { readonly options: readonly Choice[] } };
}

type Choice = string | { readonly value: string; readonly label: string };

test.each(["twilio_send_message", "twilio_make_call", "twilio_talk", "twilio_alarm"])(
  "the documentation of script.%s names the meaning, choices, default and example of each field as the script's form does",
  (id) => {
    const rows = readTable(DOCS, ["field", "meaning", "default", "example"], `## \`script.${id}\``);
    const { fields } = rootYaml<{ fields: Record<string, Field> }>(`addon/scripts/${id}.yaml`);
    expect(rows).toEqual(Object.entries(fields).map(([name, field]) => rowOf(name, field)));
  },
);

function rowOf(name: string, field: Field): string[] {
  const choices = field.selector.select?.options.map(tell) ?? [];
  const description = field.description.replace(/ Default: \S+\.$/, "");
  const meaning = [description, ...(choices.length === 0 ? [] : [`${choices.join(", ")}.`])].join(" ");
  const [, preset] = /Default: (\S+)\.$/.exec(field.description) ?? [];
  return [
    `\`${name}\``,
    meaning,
    field.required === true ? "required" : preset === undefined ? "–" : `\`${preset}\``,
    `\`${field.example}\``,
  ];
}

function tell(choice: Choice): string {
  return typeof choice === "string" ? `\`${choice}\`` : `\`${choice.value}\` (${choice.label})`;
}

describe("the documentation of the app's options", () => {
  const rows = readTable(DOCS, ["option", "meaning", "default"]);

  test("has all options in DOCS.md, each with its fields and its default", () => {
    const { options, schema } = APP_CONFIG;
    expect(rows.map(([name]) => nameIn(name))).toEqual(Object.keys(schema));
    for (const [cell, meaning, preset] of rows) {
      const name = nameIn(cell);
      for (const inner of fieldsOf(name)) expect(meaning).toContain(`\`${inner}\``);
      for (const value of leavesOf(options[name])) expect(preset).toContain(String(value));
    }
  });
});

function leavesOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

test("in DOCS.md, the table of a script's response has the same fields as the example of the event `twilio_result`", () => {
  const documented = readTable(DOCS, ["field", "meaning"], "# The response").map(([name]) => nameIn(name));
  const results = readBlocks().filter(({ text }) => text.startsWith("event_type: twilio_result\n"));
  expect(results).toHaveLength(1);
  const { data } = parse(results[0]?.text ?? "") as { data: Record<string, unknown> };
  expect(documented.toSorted()).toEqual(Object.keys(data).toSorted());
});

test("in DOCS.md, the table of the response of `script.twilio_talk` has the same fields as its example", () => {
  const documented = readTable(DOCS, ["field of a step", "meaning"]).map(([name]) => nameIn(name));
  const steps = readBlocks().filter(({ kind, text }) => kind === "response" && /^command: talk$/m.test(text));
  expect(steps).toHaveLength(1);
  const answer = parse(steps[0]?.text ?? "") as Record<string, unknown>;
  expect(documented.toSorted()).toEqual(Object.keys(answer).toSorted());
});

test("DOCS.md documents every state of the event `twilio_alarm`, and every field of its example", () => {
  const fields = readTable(DOCS, ["field of an alarm", "meaning"]).map(([name]) => nameIn(name));
  const [example] = readBlocks().filter(({ text }) => text.startsWith("event_type: twilio_alarm\n"));
  const { data } = parse(example?.text ?? "") as { data: Record<string, unknown> };
  expect(fields).toEqual([...Object.keys(data), "redelivered"]);
  const states = readTable(DOCS, ["state", "meaning", "`person`"]).map(([name]) => nameIn(name));
  expect(states).toEqual(ALARM_EVENT_STATES);
});

test("DOCS.md names every blueprint with its file", () => {
  const rows = readTable(DOCS, ["blueprint", "file", "what it does", "what it needs"]);
  const own = readdirSync(join(ROOT, "addon/blueprints")).map((file) => {
    // The tag `!input` belongs to Home Assistant, so the parser must accept it.
    const text = rootFile(`addon/blueprints/${file}`);
    return `*${/^ {2}name: "?([^"\n]+)"?$/m.exec(text)?.[1] ?? ""}* \`${file}\``;
  });
  expect(own.length).toBeGreaterThan(0);
  expect(rows.map(([name, file]) => `${name} ${file}`).toSorted()).toEqual(own.toSorted());
});

describe("the documentation of Twilio's error codes", () => {
  const rows = readTable(DOCS, ["code", "what it means", "what to do"]);

  test.each(rows)("explains %s in the same words as the app", (code, meaning, remedy) => {
    expect(`${meaning} ${remedy}`).toBe(explanationOf(code ?? ""));
  });

  test("names only codes that the app explains, and the correct number of them", () => {
    const named = [...DOCS.matchAll(/\berrors? ((?:\d{5}(?:, | and )?)+)/g)].flatMap(
      ([, list = ""]) => list.match(/\d{5}/g) ?? [],
    );
    expect(named).toContain("30034");
    expect(named.filter((code) => explanationOf(code) === null)).toEqual([]);
    expect(DOCS).toContain(`The app explains ${EXPLAINED_ERRORS.length} of Twilio's error codes`);
  });
});

describe("the documentation of the app's messages", () => {
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    // Only the English texts count, because the documents are in English.
    .filter((file) => file.endsWith(".ts") && !/^texts\/(?!en\/)/.test(file))
    .map((file) => rootFile(`src/${file}`));
  const source = sources.join("\n");
  const scripts = rootFile("addon/scripts/twilio_send_message.yaml");

  test("has all error codes of the app itself", () => {
    const documented = readTable(DOCS, ["code", "meaning"]).flatMap(
      ([cell = ""]) => cell.match(/[\w-]+/g) ?? [],
    );
    const written = [...source.matchAll(/(?:code: |refus\w+\([^()"`]+, )"([a-z_]+)"/g)].map(
      ([, code]) => code,
    );
    expect(new Set(written).size).toBeGreaterThan(6);
    for (const code of [...written, ...Object.keys(TALK_ERRORS)]) expect(documented).toContain(code);
    const anywhere = `${source}${scripts}"${Object.keys(TALK_ERRORS).join('""')}"`;
    for (const code of documented) expect(anywhere).toMatch(new RegExp(`["']${code}["']|\\b${code}: `));
  });

  test("has each notification that asks the user to do something", () => {
    const titles = [...source.matchAll(/title: "(Twilio: [^"]+)"/g)].map(([, title]) => title);
    expect(titles.length).toBeGreaterThan(6);
    for (const title of titles) expect(DOCS).toContain(`*${title}*`);
  });
});
