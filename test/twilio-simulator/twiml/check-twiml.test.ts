import { expect, test } from "vitest";

import { checkTwiml } from "./check-twiml.ts";

test.each([
  '<?xml version="1.0" encoding="UTF-8"?>\n<Response/>\n',
  "<Response><Say>a &amp; b &lt; &quot;c&apos; &#128512; &#xD; 😀</Say></Response>",
  "<Response><Say><![CDATA[a & b < c]]></Say><!-- & < --></Response>",
  '<Response><Say voice="Polly.Vicki">a<break time="1s"/><prosody rate="slow">b</prosody></Say></Response>',
  '<Response><Gather action="/x?a=1&amp;b=2"><Say>1 > 2</Say><Play>/m</Play><Pause/></Gather></Response>',
  '<Response><Dial answerOnBridge="true"><Number>+12125550199</Number></Dial></Response>',
  "<Response><Message><Body>hi</Body><Media>https://a.example/1</Media></Message></Response>",
  `<Response><Say>${"x".repeat(65_000)}</Say></Response>`,
])("the simulated Twilio accepts the TwiML %s", (xml) => {
  expect(checkTwiml(xml)).toEqual([]);
});

test.each([
  [12100, "", "nothing"],
  [12100, "  <Response>", "an open element"],
  [12100, ' <?xml version="1.0"?><Response/>', "a blank before the declaration"],
  [12100, "<Response><Say>a & b</Say></Response>", "a bare & in a text"],
  [12100, '<Response><Redirect method="a&b">/</Redirect></Response>', "a bare & in an attribute"],
  [12100, '<Response><Play digits="<"/></Response>', "a bare < in an attribute"],
  [12100, "<Response><Say>a&nbsp;b</Say></Response>", "an entity of HTML"],
  [12100, "<Response><Say>a\u0000b</Say></Response>", "a NUL"],
  [12100, "<Response><Say>a&#0;b</Say></Response>", "a reference to NUL"],
  [12100, "<Response><Say>a&#xD83D;b</Say></Response>", "a reference to half a character"],
  [12100, "<Response><Say>a\uD83Db</Say></Response>", "half a character"],
  [12100, "<Response/><Response/>", "two roots"],
  [12102, "<response/>", "a root in small letters"],
  [11750, `<Response><Say>${"é".repeat(33_000)}</Say></Response>`, "more than 64 kB"],
  [12200, "<Response><Dance/></Response>", "an unknown verb"],
  [12200, "<Response><say>hi</say></Response>", "a verb in small letters"],
  [12200, '<Response><Say voce="x">hi</Say></Response>', "an unknown attribute"],
  [12200, "<Response><Gather><Hangup/></Gather></Response>", "a verb where it does not belong"],
  [12200, "<Response>hi</Response>", "a text where none belongs"],
])("the simulated Twilio finds error %i in the TwiML %o: %s", (code, xml) => {
  expect(checkTwiml(xml)).toMatchObject([{ code }]);
});
