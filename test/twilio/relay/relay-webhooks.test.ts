import { expect, test } from "vitest";

import { createRelayWebhooks } from "../../../src/twilio/relay/relay-webhooks.ts";
import type { RelayWebhooksOptions } from "../../../src/twilio/relay/relay-webhooks.ts";
import { clockWith } from "../../clock-with.ts";

const NOON = Date.UTC(2026, 10, 29, 12);

/** Answers a message that the relay received at the time `at`, and returns the app's log. */
async function logOfFailure(
  at: number,
  { intake, ages }: Partial<Pick<RelayWebhooksOptions, "intake" | "ages">>,
): Promise<string> {
  const lines: string[] = [];
  const webhooks = createRelayWebhooks({
    intake: intake ?? { noteArrival: () => 1, answer: () => Promise.resolve({ kind: "stored" }) },
    tokens: ["token"],
    base: () => "https://d.twil.io",
    ages: ages ?? { createdAt: () => Promise.resolve("unknown") },
    endNotReached() {},
    twilioClock: { aheadMs: () => 0 },
    clock: clockWith({ now: () => NOON }),
    logger: { debug() {}, info() {}, warning() {}, error: (line) => void lines.push(line) },
  });
  const note = {
    id: "note",
    at,
    until: at + 8_000,
    path: "/webhook",
    query: "",
    signature: "",
    parameters: { MessageSid: `SM${"1".repeat(32)}`, From: "+1", To: "+2", Body: "Hello" },
  };
  await expect(webhooks.answer(note)).rejects.toThrow("it failed");
  return lines.join();
}

test("if Twilio does not tell the age of an old webhook from the relay, the log does not blame the disk", async () => {
  const ages = { createdAt: () => Promise.reject(new Error("it failed")) };
  const log = await logOfFailure(NOON - 120_000, { ages });
  expect(log).toMatch(/Twilio's API did not answer.*it failed/);
  expect(log).not.toContain("disk");
});

test("if a webhook from the relay cannot be stored, the log names the disk", async () => {
  const intake = { noteArrival: () => 1, answer: () => Promise.reject(new Error("it failed")) };
  expect(await logOfFailure(NOON, { intake })).toMatch(/disk.*it failed/);
});
