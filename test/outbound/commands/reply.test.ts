import { expect, test } from "vitest";

import { replyRequestData } from "../../../src/outbound/commands/reply.ts";

const REPLY = { requestId: "panel_1", to: "+12125550123", sender: null, isWhatsApp: false, text: "Coming" };

test("a reply asks for a message as an automation does", () => {
  expect(replyRequestData(REPLY)).toEqual({
    request_id: "panel_1",
    command: "send_message",
    payload: { to: "+12125550123", message: "Coming" },
  });
});

test("a reply names its sender and WhatsApp where the conversation has them", () => {
  expect(replyRequestData({ ...REPLY, sender: "+15005550006", isWhatsApp: true })).toMatchObject({
    payload: { sender: "+15005550006", channel: "whatsapp" },
  });
});
