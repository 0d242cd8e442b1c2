import { expect, test } from "vitest";

import type { Command } from "../../src/domain/command.ts";
import type { EventData } from "../../src/domain/inbound-event.ts";
import type { SendOutcome, SendRequest } from "../../src/domain/send-request.ts";
import { createCommandRunner } from "../../src/flows/run-commands.ts";
import { createCommandQueue } from "../../src/journal/command-queue.ts";
import { createEventLog } from "../../src/journal/event-log.ts";
import { openJournal } from "../../src/journal/open-journal.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const ACCEPTED: SendOutcome = { kind: "accepted", sid: "SM1", status: "queued", segments: 1 };
const AWAY: SendOutcome = {
  kind: "not_sent",
  error: { code: "twilio_away", message: "Twilio cannot be reached", more_info: null },
  retryAfterMs: null,
};

function command(recipients: readonly string[], deadline = 600_000): Command {
  const requests = recipients.map(
    (to) => ({ command: "send_message", to, from: "+15550009", body: "hi", mediaUrls: [] }) as const,
  );
  return {
    requestId: "req_1",
    command: "send_message",
    origin: "notify.sms",
    receivedAt: 0,
    deadline,
    sends: requests.map((request, position) => ({ position, request, state: "waiting", result: null })),
  };
}

/** A runner on a real journal; `answer` is Twilio, and waiting only moves the clock. */
function runnerWith(answer: (request: SendRequest) => SendOutcome | Promise<SendOutcome>) {
  const journal = openJournal(":memory:");
  const log = createEventLog(journal);
  const queue = createCommandQueue(journal, log);
  const asked: string[] = [];
  let now = 0;
  let finished = (): void => {};
  const done = new Promise<void>((resolve) => (finished = resolve));
  const runner = createCommandRunner({
    ...queue,
    send: async (request) => {
      asked.push(request.to);
      return await answer(request);
    },
    onFinished: () => finished(),
    wait: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    now: () => now,
    random: () => 0,
    logger: SILENT,
  });
  const result = async (): Promise<EventData> => {
    await done;
    return log.takeNext(1)[0]?.data ?? {};
  };
  return { runner, queue, asked, result, [Symbol.dispose]: () => journal.close() };
}

test("a command becomes one result with all its recipients", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.runner.submit(command(["+1", "+2"]));
  expect(await twilio.result()).toMatchObject({
    request_id: "req_1",
    command: "send_message",
    ok: true,
    error: null,
    recipients: [
      { to: "+1", sid: "SM1", status: "queued", segments: 1, error: null },
      { to: "+2", sid: "SM1" },
    ],
  });
  expect(twilio.queue.open()).toEqual([]);
});

test("with one recipient its fields also stand at the top", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.runner.submit(command(["+1"]));
  expect(await twilio.result()).toMatchObject({ to: "+1", sid: "SM1", status: "queued", ok: true });
});

test("one recipient that Twilio refuses never stops the others", async () => {
  const error = { code: "21211", message: "Invalid 'To'", more_info: null };
  using twilio = runnerWith(({ to }) => (to === "+2" ? { kind: "refused", error } : ACCEPTED));
  twilio.runner.submit(command(["+1", "+2", "+3"]));
  expect(await twilio.result()).toMatchObject({
    ok: false,
    error,
    recipients: [{ sid: "SM1" }, { error }, { sid: "SM1" }],
  });
});

test("it is on disk before Twilio is asked", async () => {
  const states: unknown[] = [];
  using twilio = runnerWith(() => {
    states.push(twilio.queue.open()[0]?.sends[0]?.state);
    return ACCEPTED;
  });
  twilio.runner.submit(command(["+1"]));
  await twilio.result();
  expect(states).toEqual(["posting"]);
});

test("what never left is tried again", async () => {
  const answers = [AWAY, AWAY, ACCEPTED];
  using twilio = runnerWith(() => answers.shift() ?? ACCEPTED);
  twilio.runner.submit(command(["+1"]));
  expect(await twilio.result()).toMatchObject({ ok: true });
  expect(twilio.asked).toEqual(["+1", "+1", "+1"]);
});

test("what never left is given up at the deadline", async () => {
  using twilio = runnerWith(() => AWAY);
  twilio.runner.submit(command(["+1"], 5_000));
  expect(await twilio.result()).toMatchObject({ ok: false, error: { code: "twilio_away" } });
});

test("after any other doubt it is not sent again", async () => {
  using twilio = runnerWith(() => ({
    kind: "unknown",
    error: { code: "unknown_outcome", message: "?", more_info: null },
  }));
  twilio.runner.submit(command(["+1"]));
  expect(await twilio.result()).toMatchObject({ ok: false, error: { code: "unknown_outcome" } });
  expect(twilio.asked).toEqual(["+1"]);
});

test("after a crash what was being sent is not sent again, and the rest is", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.queue.add(command(["+1", "+2"]));
  twilio.queue.markPosting("req_1", 0);
  twilio.runner.resume();
  expect(await twilio.result()).toMatchObject({
    ok: false,
    recipients: [
      { to: "+1", error: { code: "unknown_outcome" } },
      { to: "+2", sid: "SM1" },
    ],
  });
  expect(twilio.asked).toEqual(["+2"]);
});

test("an expired command is never sent, whatever restarts bring it back", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  twilio.queue.add(command(["+1"], 0));
  twilio.runner.resume();
  expect(await twilio.result()).toMatchObject({ ok: false, error: { code: "timeout" } });
  expect(twilio.asked).toEqual([]);
});

test("stopping waits for Twilio's answer and leaves what has not begun to the next start", async () => {
  let answered = (_outcome: SendOutcome): void => {};
  using twilio = runnerWith(() => new Promise((resolve) => (answered = resolve)));
  const recipients = Array.from({ length: 12 }, (_none, index) => `+${index + 1}`);
  twilio.runner.submit(command(recipients));
  await Promise.resolve();
  const stopped = twilio.runner.stop(1_000);
  answered(ACCEPTED);
  await stopped;
  expect(twilio.queue.open()[0]?.sends[11]?.state).toBe("waiting");
});
