import { expect, test } from "vitest";

import { CloudRequestError } from "../../../src/setup/relay/cloud-request-error.ts";
import type { CloudFailure } from "../../../src/setup/relay/cloud-request-error.ts";
import { createSyncAnswers } from "../../../src/twilio/relay/sync-answers.ts";
import { clockWith } from "../../clock-with.ts";

const ANSWER = { status: 200, type: "text/xml", body: "<Response/>" };
const NOON = Date.UTC(2026, 10, 29, 12);

/** A Sync API whose first requests fail in these ways. Waits end at once. */
function start(failures: CloudFailure[] = [], service: string | null = "IS1") {
  const written: unknown[] = [];
  const lines: string[] = [];
  const state = { now: NOON };
  const answers = createSyncAnswers({
    client: {
      call(_host, { form }) {
        const failure = failures.shift();
        if (failure !== undefined)
          return Promise.reject(
            new CloudRequestError(failure, { code: "1", message: "No", more_info: null }),
          );
        written.push(form);
        return Promise.resolve({});
      },
    },
    service: () => service,
    clock: clockWith({
      now: () => state.now,
      wait: (ms) => Promise.resolve(void (state.now += ms)),
    }),
    logger: { debug() {}, info() {}, warning() {}, error: (line) => void lines.push(line) },
  });
  return { answers, written, lines, state };
}

test("the app's answer to a webhook of the relay is stored in Twilio Sync for a minute", async () => {
  const { answers, written } = start();
  expect(await answers.write("note", ANSWER, NOON + 8_000)).toBe(true);
  expect(written).toEqual([{ UniqueName: "note", Data: JSON.stringify(ANSWER), Ttl: "60" }]);
});

test("the app stores no answer for a webhook for which the relay no longer waits, such as a replayed one", async () => {
  const { answers, written } = start();
  expect(await answers.write("note", ANSWER, NOON - 5_000)).toBe(false);
  expect(written).toEqual([]);
});

test("the app retries storing an answer for the relay as long as the relay waits, and not longer", async () => {
  const again = start(["away", "busy", "doubt"]);
  expect(await again.answers.write("note", ANSWER, NOON + 8_000)).toBe(true);
  const never = start(Array.from({ length: 100 }, () => "away" as const));
  expect(await never.answers.write("note", ANSWER, NOON + 3_000)).toBe(false);
  expect(never.state.now).toBeLessThanOrEqual(NOON + 3_000);
});

test("an answer for the relay that is already in Twilio Sync counts as stored", async () => {
  const { answers } = start(["conflict"]);
  expect(await answers.write("note", ANSWER, NOON + 8_000)).toBe(true);
});

test("after the relay was removed, the app stores no answer for it, and the answer counts as not stored", async () => {
  const { answers, written } = start([], null);
  expect(await answers.write("note", ANSWER, NOON + 8_000)).toBe(false);
  await answers.renewPresence();
  expect(written).toEqual([]);
});

test("if Twilio refuses an answer for the relay, the app does not retry, and logs the reason", async () => {
  const { answers, lines } = start(["refused"]);
  expect(await answers.write("note", ANSWER, NOON + 8_000)).toBe(false);
  expect(lines.join()).toContain("No");
});

test("each report to the relay that the app runs is stored in Twilio Sync for a day", async () => {
  const { answers, written, state } = start();
  await answers.renewPresence();
  const at = JSON.stringify({ at: state.now });
  expect(written).toEqual([{ UniqueName: "present", Data: at, Ttl: "86400" }]);
  const again = start(["conflict"]);
  await again.answers.renewPresence();
  expect(again.written).toEqual([{ Data: at, Ttl: "86400" }]);
});

test("an answer for the relay that is too long for Twilio Sync is not sent", async () => {
  const { answers, written } = start();
  const long = { status: 200, type: "text/xml", body: "x".repeat(17_000) };
  expect(await answers.write("note", long, NOON + 8_000)).toBe(false);
  expect(written).toEqual([]);
});
