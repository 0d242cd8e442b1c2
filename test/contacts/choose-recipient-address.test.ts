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
  "a message to %s is sent from the sender to which this recipient last wrote, and not from the default sender %s",
  (to, usual, expected) => {
    expect(senderFor(to, usual)).toBe(expected);
  },
);

test.each([
  ["messenger:1234", "messenger:9999", "the default sender has the same channel"],
  ["messenger:1234", SERVICE, "a Messaging Service chooses its senders itself"],
  ["messenger:4321", "+15005550006", "this recipient has never written"],
  ["viber:abc", "+15005550006", "the app does not know to which sender the recipient wrote"],
  ["sip:door@house.example", "+15005550006", "the recipient last called a phone number"],
  ["+12125550123", "+15005550006", "a phone number has no channel"],
])("a message to %s is sent from the default sender %s, because %s", (to, usual) => {
  expect(senderFor(to, usual)).toBe(usual);
});

test("a message whose request names a sender is sent from that sender", () => {
  expect(senderFor("messenger:1234", "+15005550006", false)).toBe("+15005550006");
  expect(senderFor("whatsapp:+12125550123", "+15005550006", false)).toBe("whatsapp:+15005550006");
});

test("if the sender of a WhatsApp message is a plain number, the message is sent from this number's WhatsApp sender", () => {
  expect(senderFor("whatsapp:+12125550199", "+15005550006")).toBe("whatsapp:+15005550006");
  expect(senderFor("whatsapp:+12125550199", null)).toBeNull();
});

test("a call is made from the default sender, even if the recipient last wrote to another sender", () => {
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
