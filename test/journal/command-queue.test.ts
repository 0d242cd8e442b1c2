import { expect, test } from "vitest";

import type { Command } from "../../src/domain/command.ts";
import { recipientResult } from "../../src/domain/send-result.ts";
import { createCommandQueue } from "../../src/journal/command-queue.ts";
import { createEventLog } from "../../src/journal/event-log.ts";
import { openJournal } from "../../src/journal/open-journal.ts";

const REQUEST = {
  command: "send_message",
  to: "+15550001",
  from: "+15550002",
  body: "hi",
  mediaUrls: [],
} as const;
const COMMAND: Command = {
  requestId: "req_1",
  command: "send_message",
  origin: "notify.sms",
  receivedAt: 1,
  deadline: 600_001,
  sends: [
    { position: 0, request: REQUEST, state: "waiting", result: null },
    { position: 1, request: { ...REQUEST, to: "+15550003" }, state: "waiting", result: null },
  ],
};
const RESULT = recipientResult("+15550001", { kind: "accepted", sid: "SM1", status: "queued", segments: 1 });
const OUTCOME = { type: "twilio_result", kind: null, data: { ok: true } } as const;

function queueOn(journal: ReturnType<typeof openJournal>) {
  const log = createEventLog(journal);
  return { log, queue: createCommandQueue(journal, log) };
}

test("gives back what was not finished as it was left", () => {
  using journal = openJournal(":memory:");
  const { queue } = queueOn(journal);
  queue.add(COMMAND);
  expect(queue.open()).toEqual([COMMAND]);
  queue.markPosting("req_1", 0);
  queue.markPosting("req_1", 1);
  queue.markDone("req_1", 0, RESULT);
  expect(queue.open()[0]?.sends.map(({ state, result }) => [state, result])).toEqual([
    ["done", RESULT],
    ["posting", null],
  ]);
  queue.markWaiting("req_1", 1);
  expect(queue.open()[0]?.sends[1]?.state).toBe("waiting");
});

test("a request id is taken once", () => {
  using journal = openJournal(":memory:");
  const { queue } = queueOn(journal);
  queue.add(COMMAND);
  expect(() => queue.add(COMMAND)).toThrow("UNIQUE");
  expect(queue.open()).toHaveLength(1);
});

test("a finished command leaves one result in the event log", () => {
  using journal = openJournal(":memory:");
  const { queue, log } = queueOn(journal);
  queue.add(COMMAND);
  queue.finish("req_1", OUTCOME, 2);
  queue.finish("req_1", OUTCOME, 3);
  expect(queue.open()).toEqual([]);
  expect(log.takeNext(5).map(({ type, data }) => ({ type, data }))).toEqual([
    { type: "twilio_result", data: { ok: true } },
  ]);
});
