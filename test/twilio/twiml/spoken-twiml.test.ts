import { expect, test } from "vitest";

import { playedTwiml, spokenTwiml } from "../../../src/twilio/twiml/spoken-twiml.ts";
import { fallbackTwiml } from "../../../src/twilio/webhooks/fallback-twiml.ts";

test("speaks text as text, whatever is in it", async () => {
  expect(await spokenTwiml({ say: `Door: 50% <open> & "wide" 🚪`, language: "en-US" })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Door: 50% &lt;open&gt; &amp; "wide" 🚪</Say><Hangup/></Response>',
  );
});

test("drops what XML forbids and says the rest", async () => {
  expect(await spokenTwiml({ say: "a\u0000b\u001Fc\uFFFFd", language: "de-DE" })).toContain(">abcd<");
  expect(await spokenTwiml({ say: "a\uD83Db", language: "de-DE" })).toContain(">a\uFFFDb<");
});

test("speaks with a voice, and as often as is wished", async () => {
  const spoken = { say: "Fire!", language: "de-DE", voice: "Polly.Vicki", repeat: 3 };
  expect(await spokenTwiml(spoken)).toContain(
    '<Say language="de-DE" voice="Polly.Vicki" loop="3">Fire!</Say>',
  );
});

test("plays a sound, and as often as is wished", async () => {
  expect(await playedTwiml("https://x.example/a.mp3?a=1&b=2", 2)).toContain(
    '<Play loop="2">https://x.example/a.mp3?a=1&amp;b=2</Play><Hangup/>',
  );
});

test("answers a message with nothing and a call as the option says", async () => {
  const say = { kind: "say", text: "Nobody is home", language: () => "en-GB" } as const;
  expect(await fallbackTwiml("message", say)).toContain("<Response/>");
  expect(await fallbackTwiml("call_status", { kind: "reject" })).toContain("<Response/>");
  expect(await fallbackTwiml("incoming_call", { kind: "reject" })).toContain('<Reject reason="busy"/>');
  expect(await fallbackTwiml("incoming_call", { kind: "hang_up" })).toContain("<Hangup/>");
  expect(await fallbackTwiml("incoming_call", say)).toContain('<Say language="en-GB">Nobody is home</Say>');
});
