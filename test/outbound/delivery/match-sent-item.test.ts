import { expect, test } from "vitest";

import { matchesSentItem, isSameText } from "../../../src/outbound/delivery/match-sent-item.ts";
import type { SentItem } from "../../../src/outbound/delivery/match-sent-item.ts";
import type { MessageOrCall } from "../../../src/outbound/delivery/message-or-call.ts";

test.each([
  ["a trial account's prefix", "The gate is open", "Sent from your Twilio trial account - The gate is open"],
  ["typographic quotes and dashes", "“Alice’s” gate – open…", `"Alice's" gate - open...`],
  ["hard and double blanks", "It is 5\u00A0°C \u2009now\n", "It is 5 °C now"],
  ["invisible characters", "open\u200B", "open"],
  ["accents", "Tür öffnen", "Tu\u0308r offnen"],
])("a look-up at Twilio finds a sent message despite %s in its text", (_what, ours, theirs) => {
  expect(isSameText(ours, theirs)).toBe(true);
});

test.each([
  ["-5 °C", "5 °C"],
  ["1.5 kW", "15 kW"],
  ["Door?", "Door!"],
  ["!!!", ""],
  ["-5", "Sent from your Twilio trial account - 5"],
])(
  'a look-up at Twilio does not take a message with the text "%s" for one with the text "%s"',
  (ours, theirs) => {
    expect(isSameText(ours, theirs)).toBe(false);
  },
);

const REQUEST: MessageOrCall = {
  command: "send_message",
  to: "+12125550123",
  from: "+15005550006",
  body: "hi",
  mediaUrls: [],
};
const ITEM: SentItem = {
  sid: "SM1",
  from: "+15005550006",
  body: "hi",
  status: "queued",
  segments: 1,
  isOutbound: true,
  createdAt: 100_000,
};
const WHEN = { from: 100_000, to: 101_000 };

test("a look-up at Twilio finds an item with the request's sender and time, or with any sender if a Messaging Service chose it", () => {
  expect(matchesSentItem(REQUEST, ITEM, WHEN)).toBe(true);
  expect(matchesSentItem(REQUEST, { ...ITEM, from: "+15005550010" }, WHEN)).toBe(false);
  expect(matchesSentItem({ ...REQUEST, from: `MG${"0".repeat(32)}` }, { ...ITEM, from: null }, WHEN)).toBe(
    true,
  );
});

test("a look-up at Twilio ignores received messages and items of another time", () => {
  expect(matchesSentItem(REQUEST, { ...ITEM, isOutbound: false }, WHEN)).toBe(false);
  expect(matchesSentItem(REQUEST, { ...ITEM, createdAt: 60_000 }, WHEN)).toBe(false);
  expect(matchesSentItem(REQUEST, { ...ITEM, createdAt: 140_000 }, WHEN)).toBe(false);
});
