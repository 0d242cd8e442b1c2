import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ALLOWED_SENTENCES } from "../../scripts/lint/allowed-sentences.ts";
import { wordProblem, wordsOf } from "../../scripts/lint/plain-words-rule.ts";
import { countWords, longSentences, sentencesOf } from "../../scripts/lint/sentences.ts";
import { PATIENCE_MS } from "../patience.ts";

const WORDS_25 = `${"word ".repeat(24)}end.`;
const WORDS_26 = `One ${WORDS_25}`;
const TOO_LONG = "26 words are more than 25";

/** Refused code, by file, with the message. Each text has one fault. */
const REFUSED: Readonly<Record<string, readonly [code: string, message: string]>> = {
  "variable.ts": ["export const heardRequests = 1;", '"heard requests": say request inbox'],
  "parameter.ts": ["export const all = [(told: number) => told];", '"told": say'],
  "pattern.ts": ["const { size: seen } = new Set(); export { seen };", '"seen": say'],
  "function.ts": ["function mayPass() {} export { mayPass };", '"may pass": say isTransient'],
  "member.ts": ["export interface Event { readonly isLate: boolean }", '"late": say stale'],
  "key.ts": ["export const event = { isLate: true };", '"late": say stale'],
  "type.ts": ["export type Send = string;", '"send": say delivery'],
  "class.ts": ["export class PreparedSend {}", '"prepared send": say delivery'],
  "media-shelf.ts": ["export const size = 1;", '"shelf": say temporary files'],
  "comment.ts": ["// A request that was set aside.", '"set aside": say reject'],
  "split-comment.ts": ["// A request that was set\n// aside.", '"set aside": say reject'],
  "title.ts": ['test("the last words of a call", () => {});', '"last words": say grace period'],
  "label.ts": ['export const label = "Set aside";', '"Set aside": say reject'],
  "template.ts": ["log(`The fate of ${name} is open`);", '"fate": say'],
  "markup.tsx": ["export const page = <p>Calls go nowhere now.</p>;", '"go nowhere": say'],
  "query-comment.ts": ["run(`CREATE TABLE a (x); -- Its fate.`);", '"fate": say'],
  "long-comment.ts": [`/** ${WORDS_26} */`, TOO_LONG],
  "long-text.ts": [`log("${WORDS_26}");`, TOO_LONG],
  "bare-function.ts": ["export function send() {}", "what send does"],
  "bare-constant.ts": ["export const send = () => 1;", "what send does"],
  "block-comment.ts": ["/* Sends it. */\nexport function send() {}", "what send does"],
  "no-subject.ts": ["export interface A {\n  /** Null for none. */\n  readonly a: null;\n}", 'before "Null'],
  "no-subject-line.ts": ["// In milliseconds.\nexport const SOON = 1;", 'before "In milliseconds'],
  "bare-address.ts": ["// Sends it to an address.", '"an address": say a URL'],
  "bare-sid.ts": ["// Stores a SID.", '"a SID": say a message\'s SID'],
  "bare-reference.ts": ["// Looks it up by reference.", '"by reference": say the delivery\'s'],
  "line-comment.ts": ["// Sends it.\nexport function send() {}", "what send does"],
};

const ALLOWED: Readonly<Record<string, string>> = {
  "prose.ts": "// It came too late, and only once: the facts were told, otherwise nothing had happened.",
  "option.ts": 'export const calls = { otherwise: "reject" };',
  "listener.ts": "export const options = { once: true };",
  "imported.ts": 'import { once } from "node:events"; export const waitFor = [once];',
  "named.ts": "/** The port; null for none. */\nexport const port = null;",
  "text-without-subject.ts": 'export const label = "Null for none";',
  "public-address.ts": "// Twilio reaches the app at a public address.",
  "verb.ts": "/** Sends it. */\nexport function send() {}",
  "overloads.ts":
    "/** Doubles. */\nexport function double(it: string): string;\nexport function double(it: number): number;\nexport function double(it: unknown): unknown { return it; }",
  "sentence.ts": `// ${WORDS_25}`,
  "list.ts": `/**\n * - ${"word ".repeat(20)}\n * - ${"word ".repeat(20)}\n */`,
  "query.ts": `run("SELECT ${"word ".repeat(30)}");`,
  "private-function.ts": "function send() {} export { send };",
};

let folder: string;
let reported: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plain-english-"));
  const rules = {
    "house/plain-words": "error",
    "house/short-sentences": "error",
    "house/docstring": "error",
    "house/named-subject": "error",
  };
  const plugin = resolve("scripts/lint/house-rules.ts");
  await write(".oxlintrc.json", JSON.stringify({ jsPlugins: [plugin], rules, categories: {}, plugins: [] }));
  for (const [file, [code]] of Object.entries(REFUSED)) await write(file, `${code}\n`);
  for (const [file, code] of Object.entries(ALLOWED)) await write(file, `${code}\n`);
  reported = await lint();
}, PATIENCE_MS);

afterAll(() => rm(folder, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await writeFile(join(folder, file), text);
}

/** The JSON that oxlint writes about the examples. */
function lint(): Promise<string> {
  return new Promise((done) => {
    const oxlint = resolve("node_modules/.bin/oxlint");
    execFile(oxlint, ["--format", "json"], { cwd: folder }, (_error, stdout) => done(stdout));
  });
}

function problemsIn(file: string): string[] {
  const { diagnostics } = JSON.parse(reported) as { diagnostics: { filename: string; message: string }[] };
  return diagnostics.filter(({ filename }) => filename.endsWith(file)).map(({ message }) => message);
}

test.each(Object.entries(REFUSED))("lint refuses %s", (file, [, message]) => {
  expect(problemsIn(file).join("\n")).toContain(message);
});

test.each(Object.keys(ALLOWED))("lint allows %s", (file) => {
  expect(problemsIn(file)).toEqual([]);
});

describe("the lint rule about words in names", () => {
  test.each([
    ["isLate", "is late"],
    ["IS_LATE", "is late"],
    ["is-late", "is late"],
    ["callSIDList", "call sid list"],
    ["sha256Of", "sha256 of"],
  ])("reads %s as the words %j", (name, words) => {
    expect(wordsOf(name)).toBe(words);
  });

  test("does not refuse a word that is only a part of another word", () => {
    expect(wordProblem("name", wordsOf("createTemplate"))).toBeNull();
  });
});

describe("the lint rule about long sentences", () => {
  test("ends a sentence at a full stop, a blank line, a list's next item and a docstring's next tag", () => {
    expect(sentencesOf("One. Two\n\nThree\n- four\n@throws five")).toEqual([
      "One.",
      "Two",
      "Three",
      "four",
      "@throws five",
    ]);
  });

  test("does not end a sentence within a number, an abbreviation or a file's name", () => {
    expect(sentencesOf("Version 1.5 of main.ts, e.g. this one.")).toHaveLength(1);
  });

  test("allows 25 words, and counts a code span or a URL as one word", () => {
    expect(longSentences(WORDS_25)).toEqual([]);
    expect(longSentences(WORDS_26)).toHaveLength(1);
    expect(countWords(sentencesOf("See `one two three` at https://example.com/a b.")[0] ?? "")).toBe(5);
  });
});

test("every sentence in the list of allowed long sentences has a reason", () => {
  for (const { begins, reason } of ALLOWED_SENTENCES) {
    expect(begins).toMatch(/\S+ \S+/);
    expect(reason).toMatch(/\S+ \S+/);
  }
});
