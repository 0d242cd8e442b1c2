import { expect, test } from "vitest";

import type { Schedule } from "../schedule/schedule.ts";
import { checkHistory } from "./check-history.ts";
import { createHistory } from "./history.ts";

const SCHEDULE: Schedule = {
  seed: 1,
  journal: "used",
  receiving: "port",
  isAddressGiven: true,
  messagesPerDay: 200,
  callsPerDay: 50,
  steps: [],
};
/** When the message came and when the step of a call was requested, in milliseconds of the run. */
const AT = 383_000;
const GIVES_UP_AT = AT + 12_000;

/**
 * Makes a run in which the app receives a request and does not answer it. Returns what the rules report at the time
 * `now`, in milliseconds of the run.
 */
function reportsOfRequest(now: number): readonly string[] {
  const history = createHistory();
  history.lives.push({ number: 1, startedAt: 0, endedAt: null, how: null });
  history.asked.push({
    id: "r1",
    command: "talk",
    to: [],
    isShared: false,
    isProbe: false,
    givesUpAt: GIVES_UP_AT,
    receptions: [{ at: AT, life: 1, deadline: GIVES_UP_AT - 2_000 }],
    endedAt: null,
  });
  return checkHistory(history, SCHEDULE, now);
}

/**
 * Makes a run in which the app accepts a message and does not fire its event. Returns what the rules report at the time
 * `now`, in milliseconds of the run.
 */
function reportsOfMessage(now: number): readonly string[] {
  const history = createHistory();
  history.webhooks.push({ kind: "message", sid: "SM1", status: null, sentAt: AT - 100, acceptedAt: AT });
  return checkHistory(history, { ...SCHEDULE, journal: "lost" }, now);
}

test("a request is not reported as unanswered while its automation still waits for the answer", () => {
  expect(reportsOfRequest(AT + 2_000)).toEqual([]);
  expect(reportsOfRequest(GIVES_UP_AT)).toEqual([]);
});

test("a request is reported as unanswered when its automation has given up", () => {
  expect(reportsOfRequest(GIVES_UP_AT + 1)).toEqual([
    `r1 (talk): it was asked at ${AT} ms and not answered after that`,
  ]);
});

test("an accepted message is not reported as lost while its event may be on its way", () => {
  expect(reportsOfMessage(AT)).toEqual([]);
  expect(reportsOfMessage(AT + 1_000)).toEqual([]);
});

test("an accepted message is reported as lost when its event should be there", () => {
  expect(reportsOfMessage(AT + 1_001)).toEqual([
    "a message that the app accepted never reached Home Assistant: SM1",
  ]);
});
