import { expect, test } from "vitest";

import { indexConversations } from "../../../src/journal/upkeep/index-conversations.ts";
import { clockWith } from "../../clock-with.ts";

const logged: string[] = [];
const logger = { debug() {}, info() {}, warning: (line: string) => void logged.push(line), error() {} };

function filler(answers: (boolean | Error)[]) {
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
    fill: () => indexConversations({ step, clock: clockWith({ wait }), logger }, stopping.signal),
  };
}

test("it fills step by step, takes a breath between, and ends when it is done", async () => {
  const { waits, fill } = filler([true, true, false, true]);
  await fill();
  expect(waits).toEqual([50, 50]);
});

test("what could not be written is tried again after a while", async () => {
  const { waits, fill } = filler([new Error("disk full"), true, false]);
  await fill();
  expect(waits).toEqual([60_000, 50]);
  expect(logged.join()).toContain("disk full");
});

test("it does nothing for an app that stops", async () => {
  const { answers, stopping, fill } = filler([true]);
  stopping.abort();
  await fill();
  expect(answers).toHaveLength(1);
});
