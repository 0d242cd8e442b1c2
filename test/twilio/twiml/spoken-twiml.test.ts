import { expect, test } from "vitest";

import { playedTwiml, spokenTwiml } from "../../../src/twilio/twiml/spoken-twiml.ts";
import { fallbackTwiml } from "../../../src/twilio/webhooks/fallback-twiml.ts";
import { parseTwiml } from "../../twilio-simulator/twiml/parse-twiml.ts";

test("markup in a text is spoken as text", async () => {
  expect(await spokenTwiml({ say: `Door: 50% <open> & "wide" 🚪`, language: "en-US" })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Door: 50% &lt;open&gt; &amp; "wide" 🚪</Say><Hangup/></Response>',
  );
});

test("characters in a spoken text that XML does not allow are removed or replaced", async () => {
  expect(await spokenTwiml({ say: "a\u0000b\u001Fc\uFFFFd", language: "de-DE" })).toContain(">abcd<");
  expect(await spokenTwiml({ say: "a\uD83Db", language: "de-DE" })).toContain(">a\uFFFDb<");
});

test("the TwiML for a text has the chosen voice and number of repetitions", async () => {
  const spoken = { say: "Fire!", language: "de-DE", voice: "Polly.Vicki", repeat: 3 };
  expect(await spokenTwiml(spoken)).toContain(
    '<Say language="de-DE" voice="Polly.Vicki" loop="3">Fire!</Say>',
  );
});

test.each([
  ["3,800 letters", "All work and no play. ".repeat(173).trim()],
  ["1,500 Cyrillic letters", "Тревога в доме. ".repeat(94).trim()],
  ["1,500 Hebrew letters without a blank", "\u05E9".repeat(1_500)],
  ["800 emoji", "🔥".repeat(800)],
])("a text of %s is spoken completely, in parts that every voice at Twilio can speak", async (_what, say) => {
  const twiml = await spokenTwiml({ say, language: "de-DE", voice: "Polly.Vicki", repeat: 2 });
  const texts = parseTwiml(twiml).verbs.flatMap(({ name, text }) => (name === "Say" ? [text] : []));
  expect(texts.join("").replaceAll(" ", "")).toBe(say.repeat(2).replaceAll(" ", ""));
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(encodeURIComponent(text).length).toBeLessThanOrEqual(4_500);
  }
});

test("the TwiML for a sound has the chosen number of repetitions", async () => {
  expect(await playedTwiml("https://x.example/a.mp3?a=1&b=2", 2)).toContain(
    '<Play loop="2">https://x.example/a.mp3?a=1&amp;b=2</Play><Hangup/>',
  );
});

test("without an automation, the TwiML for a message is empty, and for a call it follows the option `otherwise`", async () => {
  const say = { kind: "say", text: "Nobody is home", language: () => "en-GB" } as const;
  expect(await fallbackTwiml("message", say)).toContain("<Response/>");
  expect(await fallbackTwiml("call_status", { kind: "reject" })).toContain("<Response/>");
  expect(await fallbackTwiml("incoming_call", { kind: "reject" })).toContain('<Reject reason="busy"/>');
  expect(await fallbackTwiml("incoming_call", { kind: "hang_up" })).toContain("<Hangup/>");
  expect(await fallbackTwiml("incoming_call", say)).toContain('<Say language="en-GB">Nobody is home</Say>');
});
