import { describe, expect, test } from "vitest";

import { parsed } from "./parsed.ts";

describe("if one field of an option is faulty, only this field gets its default, and the other fields stay as entered:", () => {
  test.each<[Record<string, unknown>, string, object]>([
    [
      { incoming_calls: { wait_seconds: 8, otherwise: "say" } },
      "incoming_calls: otherwise: say needs a text",
      { incomingCalls: { waitSeconds: 8, otherwise: { kind: "reject" } } },
    ],
    [
      { incoming_calls: { wait_seconds: "8 s", otherwise: "say", say: "Later." } },
      'incoming_calls: wait_seconds: enter a number of seconds from 0 to 10 (found "8 s"); the default is used.',
      { incomingCalls: { waitSeconds: 3, otherwise: { kind: "say", text: "Later." } } },
    ],
    [
      { incoming_calls: { wait_seconds: 8, otherwise: "say", say: "x".repeat(5_000) } },
      "incoming_calls: say: enter a text of at most 4096 characters; otherwise: say needs a text",
      { incomingCalls: { waitSeconds: 8, otherwise: { kind: "reject" } } },
    ],
    [
      { limits: { messages_per_day: null, calls_per_day: 5 } },
      "limits: messages_per_day: enter a whole number",
      { limits: { messagesPerDay: 250, callsPerDay: 5, alarmTriesPerDay: 200 } },
    ],
    [
      { contacts: [{ name: "Alice", number: "+12125550123", push: "notify.phone", pin: "47 11" }] },
      "contacts, entry 1: pin: enter 4 to 8 digits, or leave it empty; the rest of the entry is used.",
      { contacts: [{ name: "Alice", number: "+12125550123", push: "phone" }] },
    ],
    [
      {
        notifiers: [
          { name: "sms", type: "sms", from_number: "+15005550006", beside_core: "no", targets: "Alice" },
        ],
      },
      'notifiers, entry 1: beside_core: enter true or false (found "no"); the rest of the entry is used.',
      { notifiers: [{ name: "sms", besideCore: false, targets: ["Alice"] }] },
    ],
  ])("%j", (raw, sentence, expected) => {
    const { warnings, options, refused } = parsed(raw);
    expect(warnings).toEqual([expect.stringContaining(sentence)]);
    expect(options).toMatchObject(expected);
    expect(refused).toEqual(Object.keys(raw));
  });
});
