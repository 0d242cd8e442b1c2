import { StatementSync } from "node:sqlite";

import { expect, test } from "vitest";

import type { DeliveryOutcome } from "../../../src/outbound/delivery/message-or-call.ts";
import { commandOf } from "./command-of.ts";
import { ACCEPTED, runnerWith, useFalseTimers } from "./runner-with.ts";

useFalseTimers();

const STORE = "INSERT INTO commands";
const MARK = "SET state = 'posting'";

/** Records the statements on the journal. Those that contain `broken` fail. */
function watchStatements(broken?: string): { readonly statements: string[] } & Disposable {
  const statements: string[] = [];
  const { run } = StatementSync.prototype;
  StatementSync.prototype.run = function watched(this: StatementSync, ...given: never[]) {
    statements.push(this.sourceSQL);
    if (broken !== undefined && this.sourceSQL.includes(broken)) throw new Error("the disk is broken");
    return run.apply(this, given as never);
  };
  return { statements, [Symbol.dispose]: () => void (StatementSync.prototype.run = run) };
}

/** The statements that store commands or mark deliveries, by transaction. */
function transactionsOf(statements: readonly string[]): string[][] {
  const transactions: string[][] = [];
  for (const sql of statements) {
    if (sql.startsWith("BEGIN")) transactions.push([]);
    for (const part of [STORE, MARK]) if (sql.includes(part)) transactions.at(-1)?.push(part);
  }
  return transactions.filter((parts) => parts.length > 0);
}

test("a request without media that need not wait is stored and marked as being sent in one transaction", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  using journal = watchStatements();
  await twilio.submitAtOnce(["+1", "+2"]);
  expect(transactionsOf(journal.statements)).toEqual([[STORE, MARK, MARK]]);
  expect(await twilio.results(100)).toMatchObject([{ ok: true }]);
  expect(twilio.asked).toEqual(["+1 req_1-0", "+2 req_1-1"]);
});

test("a request is not sent to Twilio before it is stored", async () => {
  const posted: number[] = [];
  using twilio = runnerWith(() => {
    posted.push(twilio.store.commands.openCommands().length);
    return ACCEPTED;
  });
  await twilio.submitAtOnce(["+1"]);
  await twilio.results(100);
  expect(posted).toEqual([1]);
});

test.each([
  ["has finished", 100],
  ["is running", 0],
])("a repeated request does nothing if the first request with its ID %s", async (_when, wait) => {
  const answer = Promise.withResolvers<DeliveryOutcome>();
  using twilio = runnerWith(() => answer.promise);
  await twilio.submitAtOnce(["+1"]);
  if (wait > 0) answer.resolve(ACCEPTED);
  await twilio.during(Promise.resolve());
  const before = twilio.store.commands.openCommands();
  const repeated = { deliveries: commandOf(["+1"], { requestId: "repeated" }).deliveries };
  await twilio.submitAtOnce([], repeated);
  await twilio.submitAtOnce([], { ...repeated, fingerprint: "another" });
  await twilio.during(Promise.resolve());
  expect(twilio.store.commands.openCommands()).toEqual(before);
  answer.resolve(ACCEPTED);
  expect(await twilio.results(100)).toHaveLength(1);
  expect(twilio.asked).toEqual(["+1 req_1-0"]);
});

test("a request that could not be stored sends nothing to Twilio", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  using journal = watchStatements(STORE);
  await expect(twilio.submitAtOnce(["+1"])).rejects.toThrow("the disk is broken");
  await twilio.during(Promise.resolve());
  expect(transactionsOf(journal.statements)).toEqual([[STORE], [STORE], [MARK]]);
  expect([twilio.asked, twilio.store.commands.openCommands()]).toEqual([[], []]);
});

test("if a request's transaction was rolled back because of another write in it, the request is stored alone and sent", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  const unwritable = { type: "twilio_result", kind: null, data: { value: 1n } } as never;
  const refused = twilio.store.eventLog.report(unwritable, 0).catch(String);
  await twilio.submitAtOnce(["+1"]);
  expect(await refused).toContain("BigInt");
  expect(await twilio.results(100)).toMatchObject([{ ok: true }]);
  expect(twilio.asked).toEqual(["+1 req_1-0"]);
});

test("a recipient above the daily limit gets no message", async () => {
  using twilio = runnerWith(() => ACCEPTED, null, 0, { messagesPerDay: 1 });
  await twilio.submitAtOnce(["+1", "+2"]);
  expect(await twilio.results(100)).toMatchObject([
    { recipients: [{ sid: "SM1" }, { error: { code: "limit_reached" } }] },
  ]);
  expect(twilio.asked).toEqual(["+1 req_1-0"]);
});

test("requests to one recipient that come at the same time are sent in their order", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  const sent = ["a", "b", "c"].map((requestId) => twilio.submitAtOnce(["+1"], { requestId }));
  await Promise.all(sent);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 a-0", "+1 b-0", "+1 c-0"]);
});

test("a request does not overtake an earlier request to the same recipient that waits for its media", async () => {
  using twilio = runnerWith(() => ACCEPTED);
  const [delivery] = commandOf(["+1"], { requestId: "picture" }).deliveries;
  const request = {
    command: "send_message",
    to: "+1",
    from: "+9",
    body: "",
    mediaUrls: ["https://a.example"],
  } as const;
  const withPicture = {
    requestId: "picture",
    deliveries: delivery === undefined ? [] : [{ ...delivery, request }],
  };
  await Promise.all([
    twilio.submitAtOnce([], withPicture),
    twilio.submitAtOnce(["+1"], { requestId: "text" }),
  ]);
  await twilio.results(100);
  expect(twilio.asked).toEqual(["+1 picture-0", "+1 text-0"]);
});
