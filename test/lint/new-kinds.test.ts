import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { compileChanged } from "./compile-changed.ts";

/** Unions that decide what the app does, each with a new kind and with the functions that must not compile then. */
const UNIONS = [
  {
    union: "WebhookKind",
    file: "domain/events/webhook.ts",
    before: "export type WebhookKind =\n",
    added: '  | "transcription"\n',
    undecided: [
      "calls/call-question.ts: callQuestion",
      "domain/events/outgoing-event.ts: statusEvents",
      "domain/events/outgoing-event.ts: statusDataIn",
      "domain/events/outgoing-event.ts: partnerField",
      "domain/events/webhook.ts: isStatusReport",
      "inbound/logged-event.ts: FRESH_FOR",
      "inbound/receive-webhook.ts: reachedNumber",
      "twilio/webhooks/fallback-twiml.ts: fallbackTwiml",
      "twilio/webhooks/dedupe-key.ts: dedupeKey",
      "twilio/webhooks/webhook-intake.ts: messageIn",
    ],
  },
  {
    union: "CallQuestion",
    file: "calls/call-question.ts",
    before: "export type CallQuestion =",
    added: ' "transferred" |',
    undecided: ["twilio/webhooks/fallback-twiml.ts: unhandledCallTwiml"],
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
    union: "DeliveryOutcome",
    file: "outbound/delivery/message-or-call.ts",
    before: "export type DeliveryOutcome =\n",
    added: '  | { readonly kind: "split"; readonly error: ReportedError }\n',
    undecided: ["outbound/delivery/message-or-call.ts: mayHaveBeenSent"],
  },
] as const;

/** The places of TypeScript's errors, as `file: function`. */
let errors: ReadonlySet<string>;

beforeAll(async () => {
  await using changed = await compileChanged(async (folder) => {
    for (const { file, before, added } of UNIONS) {
      const path = join(folder, "src", file);
      const source = await readFile(path, "utf8");
      expect(source).toContain(before);
      await writeFile(path, source.replace(before, before + added));
    }
  });
  errors = new Set(await Promise.all(changed.errors.map((error) => nameOfError(changed.folder, error))));
});

test.each(UNIONS)(
  "if $union gets a new kind that the code does not handle, the code does not compile",
  ({ undecided }) => {
    expect([...errors]).toEqual(expect.arrayContaining([...undecided]));
  },
);

/** The function or constant that is declared last before the error. */
async function nameOfError(folder: string, error: string): Promise<string> {
  const [, file = "", line = ""] = /^src\/(.*?)\((\d+),/.exec(error) ?? [];
  const source = await readFile(join(folder, "src", file), "utf8");
  const above = source.split("\n").slice(0, Number(line)).join("\n");
  const name = [...above.matchAll(/(?:function|^const|^export const) (\w+)/gm)].at(-1)?.[1];
  return `${file}: ${name}`;
}
