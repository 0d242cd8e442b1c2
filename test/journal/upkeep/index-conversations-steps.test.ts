import { expect, test } from "vitest";

import { indexConversations } from "../../../src/journal/upkeep/index-conversations.ts";
import { clockWith } from "../../clock-with.ts";

const logged: string[] = [];
const logger = { debug() {}, info() {}, warning: (line: string) => void logged.push(line), error() {} };

function indexer(answers: (boolean | Error)[]) {
  const waits: number[] = [];
  const stopping = new AbortController();
  const step = async (): Promise<boolean> => {
    const answer = answers.shift() ?? false;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  return {
    answers,
    waits,
    stopping,
    index: () => indexConversations({ step, clock: clockWith({ wait }), logger }, stopping.signal),
  };
}

test("the index of conversations is built in steps with pauses, until it is complete", async () => {
  const { waits, index } = indexer([true, true, false, true]);
  await index();
  expect(waits).toEqual([50, 50]);
});

test("a step of building the index that fails is retried after a minute", async () => {
  const { waits, index } = indexer([new Error("disk full"), true, false]);
  await index();
  expect(waits).toEqual([60_000, 50]);
  expect(logged.join()).toContain("disk full");
});

test("the index of conversations is not built any further when the app stops", async () => {
  const { answers, stopping, index } = indexer([true]);
  stopping.abort();
  await index();
  expect(answers).toHaveLength(1);
});
