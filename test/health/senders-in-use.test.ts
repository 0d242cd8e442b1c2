import { expect, test } from "vitest";

import { sendersInUse } from "../../src/health/senders-in-use.ts";

test("the senders of messages are listed without duplicates, the default one first", () => {
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

test("without a default sender, only the notifiers' senders are listed", () => {
  expect(sendersInUse({ defaultSender: null, notifiers: [] })).toEqual([]);
});
