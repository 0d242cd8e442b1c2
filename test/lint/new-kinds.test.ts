import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);

/** Unions that decide what the app does, a kind that nobody knows yet, and the functions that must not compile then. */
const UNIONS = [
  {
    union: "WebhookKind",
    file: "domain/events/webhook.ts",
    before: "export type WebhookKind =\n",
    added: '  | "transcription"\n',
    undecided: [
      "calls/call-question.ts: callQuestion",
      "domain/events/event.ts: statusEvents",
      "domain/events/event.ts: statusDataIn",
      "domain/events/event.ts: partnerField",
      "domain/events/webhook.ts: isStatusReport",
      "inbound/logged-event.ts: FRESH_FOR",
      "inbound/receive-webhook.ts: reachedNumber",
      "twilio/webhooks/answer-webhook.ts: answerWebhook",
      "twilio/webhooks/dedupe-key.ts: dedupeKey",
      "twilio/webhooks/webhook-app.ts: messageIn",
    ],
  },
  {
    union: "CallQuestion",
    file: "calls/call-question.ts",
    before: "export type CallQuestion =",
    added: ' "transferred" |',
    undecided: ["twilio/webhooks/answer-webhook.ts: answerUnhandledCall"],
  },
  {
    union: "TalkInput",
    file: "calls/step.ts",
    before: "export type TalkInput =\n",
    added: '  | { readonly kind: "pay" }\n',
    undecided: ["calls/step-result.ts: stepResultOfFields", "twilio/twiml/call-twiml.ts: addStep"],
  },
  {
    union: "Speech",
    file: "calls/step.ts",
    before: "export type Speech =\n",
    added: '  | { readonly kind: "tts"; readonly entity: string }\n',
    undecided: ["twilio/twiml/call-twiml.ts: speak"],
  },
  {
    union: "SessionInstruction",
    file: "calls/instruction.ts",
    before: "export type SessionInstruction =\n",
    added: '  | { readonly kind: "transfer" }\n',
    undecided: ["twilio/twiml/call-twiml.ts: addInstruction"],
  },
  {
    union: "FireOutcome",
    file: "inbound/ports.ts",
    before: "export type FireOutcome =\n",
    added: '  | { readonly kind: "delayed" }\n',
    undecided: ["inbound/deliver-events.ts: settle"],
  },
  {
    union: "SendOutcome",
    file: "outbound/delivery/send-request.ts",
    before: "export type SendOutcome =\n",
    added: '  | { readonly kind: "split"; readonly error: ReportedError }\n',
    undecided: ["outbound/delivery/send-request.ts: mayHaveBeenSent"],
  },
] as const;

let folder: string;
/** Where TypeScript found errors, as `file: function`. */
let errors: ReadonlySet<string>;

beforeAll(async () => {
  folder = await mkdtemp(resolve(".cache/new-kinds-"));
  await cp("src", join(folder, "src"), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  await cp("package.json", join(folder, "package.json"));
  const { compilerOptions } = JSON.parse(await readFile("tsconfig.json", "utf8"));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  for (const { file, before, added } of UNIONS) {
    const path = join(folder, "src", file);
    const source = await readFile(path, "utf8");
    expect(source).toContain(before);
    await writeFile(path, source.replace(before, before + added));
  }
  errors = new Set(await Promise.all((await compile()).map(nameOfError)));
});

afterAll(() => rm(folder, { recursive: true }));

test.each(UNIONS)("a new $union does not compile until it is decided what it means", ({ undecided }) => {
  expect([...errors]).toEqual(expect.arrayContaining([...undecided]));
});

/** The lines that `tsc` writes about errors. */
async function compile(): Promise<string[]> {
  const { stdout } = await run(resolve("node_modules/.bin/tsc"), ["--pretty", "false"], {
    cwd: folder,
  }).catch((failed: { readonly stdout: string }) => failed);
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

/** The function or constant that is declared last before the error. */
async function nameOfError(error: string): Promise<string> {
  const [, file = "", line = ""] = /^src\/(.*?)\((\d+),/.exec(error) ?? [];
  const source = await readFile(join(folder, "src", file), "utf8");
  const above = source.split("\n").slice(0, Number(line)).join("\n");
  const name = [...above.matchAll(/(?:function|^const|^export const) (\w+)/gm)].at(-1)?.[1];
  return `${file}: ${name}`;
}
