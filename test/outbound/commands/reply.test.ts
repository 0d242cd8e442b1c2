import { expect, test } from "vitest";

import { replyRequestData } from "../../../src/outbound/commands/reply.ts";

const REPLY = {
  requestId: "panel_1",
  to: "+12125550123",
  sender: null,
  isWhatsApp: false,
  media: [],
  text: "Coming",
};

test("a reply that the user writes on the panel makes the same request as an automation", () => {
  expect(replyRequestData(REPLY)).toEqual({
    request_id: "panel_1",
    command: "send_message",
    payload: { to: "+12125550123", message: "Coming" },
  });
});

test("a reply that the user writes on the panel has the sender and the channel of its conversation", () => {
  expect(replyRequestData({ ...REPLY, sender: "+15005550006", isWhatsApp: true })).toMatchObject({
    payload: { sender: "+15005550006", channel: "whatsapp" },
  });
});
