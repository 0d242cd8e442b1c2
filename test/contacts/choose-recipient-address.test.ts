import { expect, test } from "vitest";

import { chooseRecipientAddress } from "../../src/contacts/choose-recipient-address.ts";
import type { LastInbound } from "../../src/contacts/choose-recipient-address.ts";

const SERVICE = `MG${"a".repeat(32)}`;
const lastInbound: LastInbound = (address) =>
  ({
    "messenger:1234": { at: 1, ours: "messenger:5678" },
    "rcs:+12125550123": { at: 1, ours: "rcs:brand_agent" },
    "whatsapp:+12125550123": { at: 1, ours: "whatsapp:+14155238886" },
    "sip:door@house.example": { at: 1, ours: "+15005550006" },
    "viber:abc": { at: 1, ours: null },
  })[address] ?? null;

function senderFor(to: string, from: string | null, isDefaultSender = true): string | null {
  const request = { command: "send_message", to, from, body: "hi", mediaUrls: [] } as const;
  return chooseRecipientAddress(request, { isContact: false, isDefaultSender, lastInbound }).from;
}

test.each([
  ["messenger:1234", "+15005550006", "messenger:5678"],
  ["messenger:1234", null, "messenger:5678"],
  ["messenger:1234", "whatsapp:+15005550006", "messenger:5678"],
  ["messenger:1234", "MyAlerts", "messenger:5678"],
  ["rcs:+12125550123", "+15005550006", "rcs:brand_agent"],
  ["whatsapp:+12125550123", "+15005550006", "whatsapp:+14155238886"],
])(
  "a message to %s is sent from the sender that this recipient last wrote to, not from the default %s",
  (to, usual, expected) => {
    expect(senderFor(to, usual)).toBe(expected);
  },
);

test.each([
  ["messenger:1234", "messenger:9999", "one of the same channel"],
  ["messenger:1234", SERVICE, "a service chooses its senders itself"],
  ["messenger:4321", "+15005550006", "nothing was heard from there"],
  ["viber:abc", "+15005550006", "it is not known what was written to"],
  ["sip:door@house.example", "+15005550006", "what was called is of no channel"],
  ["+12125550123", "+15005550006", "a number needs none"],
])("a message to %s is sent from the default %s: %s", (to, usual) => {
  expect(senderFor(to, usual)).toBe(usual);
});

test("a sender in the request is not changed", () => {
  expect(senderFor("messenger:1234", "+15005550006", false)).toBe("+15005550006");
  expect(senderFor("whatsapp:+12125550123", "+15005550006", false)).toBe("whatsapp:+15005550006");
});

test("a plain number as sender of a WhatsApp message becomes a WhatsApp sender", () => {
  expect(senderFor("whatsapp:+12125550199", "+15005550006")).toBe("whatsapp:+15005550006");
  expect(senderFor("whatsapp:+12125550199", null)).toBeNull();
});

test("the sender of a call is not changed", () => {
  const request = {
    command: "make_call",
    to: "whatsapp:+12125550123",
    from: "+15005550006",
    instructions: { say: "hi", language: "en-US" },
  } as const;
  expect(chooseRecipientAddress(request, { isContact: true, isDefaultSender: true, lastInbound })).toEqual(
    request,
  );
});
