import { expect, test } from "vitest";

import type { ListAnswer } from "../../../src/domain/list-answer.ts";
import { createSentLookUp } from "../../../src/outbound/delivery/look-up-sent.ts";
import type { LookUpSentOptions } from "../../../src/outbound/delivery/look-up-sent.ts";
import type { SentItem } from "../../../src/outbound/delivery/match-sent-item.ts";
import type { MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";
import type { SentItemSource } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";

const REQUEST: MessageOrCall = {
  command: "send_message",
  to: "+12125550123",
  from: "+15005550006",
  body: "hi",
  mediaUrls: [],
};
const item = (sid: string): SentItem => ({
  sid,
  from: "+15005550006",
  body: "hi",
  status: "queued",
  segments: 1,
  isOutbound: true,
  createdAt: 0,
});

/**
 * Creates a look-up with a clock that moves only while it waits. `answers` are those of Twilio; the last one is
 * repeated.
 */
function finderOf(
  answers: ListAnswer<SentItem>[],
  evidence: Partial<LookUpSentOptions["evidence"]> = {},
  source?: SentItemSource,
) {
  const clock = { now: 0 };
  let looks = 0;
  const finder = createSentLookUp({
    source: source ?? {
      sentTo() {
        looks += 1;
        const [answer = { kind: "away" }] = answers.length > 1 ? answers.splice(0, 1) : answers;
        return Promise.resolve(answer);
      },
    },
    lookUpAfterMs: [0, 1_000, 2_000],
    evidence: {
      sidOf: () => null,
      claimedSids: () => new Set(),
      competingRequests: () => [],
      ...evidence,
    },
    clock: clockWith({
      now: () => clock.now,
      wait: (ms) => Promise.resolve(void (clock.now += ms)),
    }),
  });
  const find = (until = 0, { postedAt = 0, isUrgent = false } = {}) =>
    finder.lookUp(REQUEST, "ref", postedAt, until, new AbortController().signal, isUrgent);
  return { find, clock, looks: () => looks };
}

const listed = (...sids: string[]): ListAnswer<SentItem> => ({ kind: "listed", items: sids.map(item) });

test("a message whose sending had no clear answer is found at Twilio if exactly one item matches, even if Twilio's list shows the item late", async () => {
  const { find } = finderOf([listed(), listed("SM1")]);
  expect(await find()).toMatchObject({ sid: "SM1" });
});

test.each([
  [0, 3, 3_000],
  [1_500, 3, 1_500],
  [60_000, 1, 0],
  [-60_000, 3, 3_000],
])(
  "an alarm's look-up at Twilio that begins %i ms after the request was sent reads Twilio's list %i times, in %i ms",
  async (age, reads, ms) => {
    const { find, clock, looks } = finderOf([listed()]);
    expect(await find(0, { postedAt: -age, isUrgent: true })).toBeNull();
    expect([looks(), clock.now]).toEqual([reads, ms]);
  },
);

test("a look-up at Twilio stays unclear if two items match, or if another request may have created the item", async () => {
  expect(await finderOf([listed("SM1", "SM2")]).find()).toBeNull();
  expect(await finderOf([listed("SM1")], { competingRequests: () => [REQUEST] }).find()).toBeNull();
  expect(
    await finderOf([listed("SM1", "SM2")], { claimedSids: () => new Set(["SM1"]) }).find(),
  ).toMatchObject({
    sid: "SM2",
  });
});

test("a status callback that arrives while the app reads Twilio's list for the last time shows which message was sent", async () => {
  let sid: string | null = null;
  const source: SentItemSource = {
    sentTo() {
      sid = "SM7";
      return Promise.resolve(listed());
    },
  };
  const { find } = finderOf([], { sidOf: () => sid }, source);
  expect(await find()).toMatchObject({ sid: "SM7" });
});

test("if the credentials do not allow the look-up at Twilio, the look-up ends at once", async () => {
  const { find, clock, looks } = finderOf([{ kind: "refused", status: 403 }]);
  expect(await find(600_000)).toBeNull();
  expect([clock.now, looks()]).toEqual([0, 1]);
});

test("while Twilio gives no answer, the look-up is repeated until the deadline, but for at least a minute", async () => {
  const minute = finderOf([{ kind: "away" }]);
  expect(await minute.find()).toBeNull();
  expect(minute.clock.now).toBeGreaterThanOrEqual(60_000);
  const longer = finderOf([{ kind: "away" }]);
  expect(await longer.find(600_000)).toBeNull();
  expect(longer.clock.now).toBeGreaterThanOrEqual(600_000);
});
