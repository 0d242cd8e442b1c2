import { expect, test } from "vitest";

import { answerWebhook } from "../../src/twilio/answer-webhook.ts";
import { spokenTwiml } from "../../src/twilio/spoken-twiml.ts";

test("speaks text as text, whatever is in it", async () => {
  expect(await spokenTwiml(`Door: 50% <open> & "wide" 🚪`, "en-US")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Door: 50% &lt;open&gt; &amp; "wide" 🚪</Say><Hangup/></Response>',
  );
});

test("drops what XML forbids and says the rest", async () => {
  expect(await spokenTwiml("a\u0000b\u001Fc\uFFFFd", "de-DE")).toContain(">abcd<");
  expect(await spokenTwiml("a\uD83Db", "de-DE")).toContain(">a\uFFFDb<");
});

test("answers a message with nothing and a call as the option says", async () => {
  const say = { kind: "say", text: "Nobody is home", language: () => "en-GB" } as const;
  expect(await answerWebhook("message", say)).toContain("<Response/>");
  expect(await answerWebhook("call_status", { kind: "reject" })).toContain("<Response/>");
  expect(await answerWebhook("incoming_call", { kind: "reject" })).toContain('<Reject reason="busy"/>');
  expect(await answerWebhook("incoming_call", { kind: "hang_up" })).toContain("<Hangup/>");
  expect(await answerWebhook("incoming_call", say)).toContain('<Say language="en-GB">Nobody is home</Say>');
});
