import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { createRelayInbox } from "../../../src/inbound/relay/relay-inbox.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { writeNote } from "../../relay/write-note.ts";

const KEY = randomBytes(32).toString("base64");
const SECOND = 1_000;

/** Resolves when all pending promises of this turn have run. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/**
 * An inbox of the relay's webhooks while Home Assistant starts, and the SIDs that it has answered. Its clock stands.
 */
function start({ isRunning = false } = {}) {
  const clock = createTestClock();
  const time = clock.stop();
  const answered: unknown[] = [];
  const warnings: string[] = [];
  const inbox = createRelayInbox({
    keys: { key: () => KEY },
    handler: {
      answer({ parameters }) {
        answered.push(parameters["MessageSid"] ?? parameters["CallSid"]);
        return Promise.resolve({ status: 204, type: null, body: "" });
      },
      notReached() {},
    },
    answers: { write: () => Promise.resolve(true) },
    isHomeAssistantRunning: () => isRunning,
    onNote() {},
    twilioClock: { aheadMs: () => 0 },
    clock,
    logger: { debug() {}, info() {}, warning: (line) => void warnings.push(line), error() {} },
  });
  const note = (params: Readonly<Record<string, string>>, at = clock.now()) =>
    writeNote({ key: KEY, at, content: { query: "", signature: "s", params } });
  return {
    inbox,
    answered,
    warnings,
    note,
    async pass(ms: number): Promise<void> {
      time.advance(ms);
      await turn();
    },
  };
}

test("while Home Assistant starts, messages that keep coming through the relay are answered after at most three seconds", async () => {
  const { inbox, answered, note, pass } = start();
  for (const sid of ["SM1", "SM2", "SM3"]) {
    inbox.receive(note({ MessageSid: sid }));
    await pass(SECOND);
  }
  expect(answered).toEqual(["SM1", "SM2", "SM3"]);
});

test("a call through the relay is answered at once, even while messages are collected after an interruption", async () => {
  const { inbox, answered, note, pass } = start();
  inbox.receive(note({ MessageSid: "SM1" }));
  inbox.receive(note({ CallSid: "CA1" }));
  await pass(0);
  expect(answered).toEqual(["CA1"]);
});

test("a message of many megabytes through the relay is ignored, and the app logs a warning", () => {
  const { inbox, warnings, note } = start({ isRunning: true });
  inbox.receive({ ...note({ MessageSid: "SM1" }), box: "A".repeat(16 * 1024 * 1024) });
  expect(warnings).toEqual([expect.stringContaining("Ignored")]);
});
