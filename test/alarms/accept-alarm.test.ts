import { expect, test } from "vitest";

import { createAlarmAcceptor } from "../../src/alarms/intake/accept-alarm.ts";
import type { EventData } from "../../src/domain/events/outgoing-event.ts";

const STOP = { command: "alarm", request_id: "one", payload: { do: "stop", alarm: "Water" } };

/** The results that automations get for a request that the journal cannot store. */
async function resultsIfStoringFails(isTransient: boolean): Promise<EventData[]> {
  const results: EventData[] = [];
  const accept = createAlarmAcceptor({
    contacts: () => [],
    resolveRecipient: () => Promise.resolve({ ok: false, reason: "unknown", fault: "unknown" }),
    contactOf: () => null,
    defaultSender: null,
    isOwnNumber: () => false,
    hasOptedOut: () => false,
    journal: { request: () => Promise.reject(new Error("the disk is full")) },
    runner: {
      contextOf: () => {
        throw new Error("nothing is decided");
      },
      changed: () => undefined,
      clockChecked: () => Promise.resolve(),
    },
    language: () => "en-US",
    publicAddress: () => null,
    isTransient: () => isTransient,
    report: (data) => Promise.resolve(void results.push(data)),
    onReported: () => undefined,
    newRequestId: () => "one",
    hash: (text) => text,
    now: () => 0,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  await accept(STOP);
  return results;
}

test("if a temporary error, such as a full disk, prevents storing an alarm request, no result is sent, so the script repeats the request", async () => {
  expect(await resultsIfStoringFails(true)).toEqual([]);
});

test("if a permanent error prevents storing an alarm request, the result contains the error app_failed", async () => {
  expect(await resultsIfStoringFails(false)).toMatchObject([{ ok: false, error: { code: "app_failed" } }]);
});
