import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import houseRules from "../../scripts/lint/house-rules.ts";
import { PATIENCE_MS } from "../patience.ts";

const CLOCK = "Take the time from the Clock that app/ passes in.";
const CHANCE = "Take chance from the Chance that app/ passes in.";
const NETWORK = "Reach the network through the Transport that app/ passes in.";
const SPREAD = "Name what you pass; a spread loses a renamed value silently.";
const BY_NAME = "Name what you use, so that lint sees it.";

const PROCESS = "Only main.ts uses `process`; take what you need as a parameter.";

const REFUSED: readonly (readonly [code: string, message: string])[] = [
  ["export const at = Date.now();", CLOCK],
  ["export const at = new Date();", CLOCK],
  ["export const at = Date();", CLOCK],
  ["export const at = performance.now();", CLOCK],
  ["setTimeout(() => undefined, 1);", CLOCK],
  ["setInterval(() => undefined, 1);", CLOCK],
  ["setImmediate(() => undefined);", CLOCK],
  ["export const late = AbortSignal.timeout(1);", CLOCK],
  ['import { setTimeout as sleep } from "node:timers/promises"; await sleep(1);', CLOCK],
  ['import { setImmediate as soon } from "node:timers"; soon(() => undefined);', CLOCK],
  ['import { performance } from "node:perf_hooks"; export const at = performance.now();', CLOCK],
  ["export const some = Math.random();", CHANCE],
  ["export const id = crypto.randomUUID();", CHANCE],
  ['import { randomUUID } from "node:crypto"; export const id = randomUUID();', CHANCE],
  [
    'import { createHmac, randomBytes } from "node:crypto"; export const all = [createHmac, randomBytes];',
    CHANCE,
  ],
  ['import * as crypto from "node:crypto"; export const key = crypto.randomBytes(8);', CHANCE],
  ['import crypto from "node:crypto"; export const key = crypto.randomBytes(8);', CHANCE],
  ['export const answer = await fetch("https://example.com");', NETWORK],
  ['export const socket = new WebSocket("wss://example.com");', NETWORK],
  ['import { request } from "node:http"; export const ask = request;', NETWORK],
  ['import { request } from "node:https"; export const ask = request;', NETWORK],
  ['import { connect } from "node:net"; export const open = connect;', NETWORK],
  ['import { connect } from "node:tls"; export const open = connect;', NETWORK],
  ['import { lookup } from "node:dns"; export const find = lookup;', NETWORK],
  ['import { lookup } from "node:dns/promises"; export const find = lookup;', NETWORK],
  ['import { WebSocket } from "ws"; export const open = WebSocket;', NETWORK],
  ['import { serve } from "@hono/node-server"; export const listen = serve;', NETWORK],
  ['import { getConnInfo } from "@hono/node-server/conninfo"; export const peer = getConnInfo;', NETWORK],
  ["export const at = globalThis.performance.now();", BY_NAME],
  ['import { request } from "http"; export const ask = request;', "Prefer `node:http` over `http`."],
  ["export const dir = process.cwd();", PROCESS],
  ['import process from "node:process"; export const at = process.hrtime();', PROCESS],
  ['import { hrtime } from "node:process"; export const at = hrtime();', PROCESS],
  ['import { uptime } from "node:os"; export const at = uptime();', PROCESS],
  ['import { exec } from "node:child_process"; export const run = exec;', PROCESS],
  ['import { Worker } from "node:worker_threads"; export const start = Worker;', PROCESS],
  ['import { createRequire } from "node:module"; export const load = createRequire;', BY_NAME],
  ["const parts = { a: 1 }; export const all = { ...parts, b: 2 };", SPREAD],
];

/** Allowed code, by path below `src/`. */
const ALLOWED: readonly (readonly [path: string, code: string])[] = [
  ["calls/given-date.ts", "/** A date. */\nexport const dateOf = (at: number): Date => new Date(at);"],
  ["calls/parsed-date.ts", "/** A time. */\nexport const atOf = (text: string): number => Date.parse(text);"],
  ["calls/hash.ts", 'import { createHash } from "node:crypto"; export const hash = createHash;'],
  ["calls/ip.ts", 'import { isIP } from "node:net"; export const versionOf = isIP;'],
  [
    "calls/types.ts",
    'import type { IncomingMessage } from "node:http"; export type Asked = IncomingMessage;',
  ],
  ["calls/list.ts", "const some = [1]; export const all = [...some, 2];"],
  ["app/system/clock.ts", "/** The time. */ export const now = (): number => Date.now();"],
  ["app/system/transport.ts", 'import { WebSocket } from "ws"; export const open = WebSocket;'],
  ["app/http/listen.ts", 'import { createServer } from "node:http"; export const listen = createServer;'],
];

interface Found {
  readonly filename: string;
  readonly message: string;
  /** The field in which oxlint's own rules have the message from the settings. */
  readonly help?: string;
}

let folder: string;
let found: readonly Found[];

/** Runs oxlint with the project's own settings over all examples at once. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "house-rules-"));
  const settings = JSON.parse(await readFile(".oxlintrc.json", "utf8")) as Readonly<Record<string, unknown>>;
  const house = {
    ...settings,
    jsPlugins: [resolve("scripts/lint/house-rules.ts")],
    rules: { "house/name-what-is-passed": "error" },
    categories: {},
  };
  await writeExample(".oxlintrc.json", JSON.stringify(house));
  for (const [index, [code]] of REFUSED.entries()) await writeExample(refusedPath(index), `${code}\n`);
  for (const [path, code] of ALLOWED) await writeExample(join("src", path), `${code}\n`);
  found = await lint();
}, PATIENCE_MS);
afterAll(() => rm(folder, { recursive: true }));

async function writeExample(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function lint(): Promise<readonly Found[]> {
  return new Promise((done, fail) => {
    execFile(resolve("node_modules/.bin/oxlint"), ["--format", "json"], { cwd: folder }, (_error, stdout) => {
      try {
        done((JSON.parse(stdout) as { diagnostics: Found[] }).diagnostics);
      } catch (error) {
        fail(new Error(`oxlint said: ${stdout}`, { cause: error }));
      }
    });
  });
}

const refusedPath = (index: number): string => `src/calls/refused-${index}.ts`;

const messagesFor = (path: string): string[] =>
  found
    .filter(({ filename }) => filename.endsWith(path))
    .map(({ message, help = "" }) => `${message} ${help}`);

test.each(REFUSED.map(([code, message], index) => [code, message, index] as const))(
  "lint refuses %s",
  (_code, message, index) => {
    expect(messagesFor(refusedPath(index)).join("\n")).toContain(message);
  },
);

test.each(ALLOWED)(
  "lint allows code without real time, chance and network, and the files that provide them: src/%s",
  (path) => {
    expect(messagesFor(join("src", path))).toEqual([]);
  },
);

describe("the lint rule about imports between folders of src/", () => {
  function problemsOf(specifier: string): string[] {
    const problems: string[] = [];
    const visitor = houseRules.rules.rooms.create({
      filename: resolve("src/calls/example.ts"),
      sourceCode: { text: "", getAllComments: () => [] },
      report: ({ message }) => void problems.push(message),
    });
    visitor["ImportDeclaration"]?.({ type: "ImportDeclaration", source: { value: specifier } });
    return problems;
  }

  test("refuses an import from outbound/ in calls/, and the message says what to do instead", () => {
    expect(problemsOf("../outbound/delivery/command.ts")).toEqual([
      expect.stringContaining("Declare what it needs in its ports.ts"),
    ]);
  });

  test.each(["../domain/clock.ts", "node:path"])("allows an import of %s", (specifier) => {
    expect(problemsOf(specifier)).toEqual([]);
  });
});
