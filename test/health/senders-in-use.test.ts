import { expect, test } from "vitest";

import { sendersInUse } from "../../src/health/senders-in-use.ts";

test("the account check lists each sender of messages in the options once, the default sender first, and no number that only makes calls", () => {
  expect(
    sendersInUse({
      defaultSender: "+15005550006",
      notifiers: [
        { type: "sms", fromNumber: "+15005550006" },
        { type: "call", fromNumber: "+15005550008" },
        { type: "sms", fromNumber: "+15005550007" },
      ],
    }),
  ).toEqual(["+15005550006", "+15005550007"]);
});

test("without a default sender and notifiers, the account check lists no sender", () => {
  expect(sendersInUse({ defaultSender: null, notifiers: [] })).toEqual([]);
});
