import { expect, test } from "vitest";

import type { Alarm, AlarmTerms } from "../../../src/alarms/alarm.ts";
import { askOnCall } from "../../../src/alarms/call-texts.ts";
import { createCallInstructions } from "../../../src/twilio/send/call-instructions.ts";
import { alarmWith, personAt } from "../../alarms/engine/alarm-with.ts";

const PERSON = personAt(0, { code: "123456" });

/** The TwiML of an alarm's call. `publicAddress`: null while it is unknown. */
async function twimlOf(
  message: string,
  publicAddress: string | null,
  terms: Partial<AlarmTerms> = {},
): Promise<string> {
  const revisions: Alarm["revisions"] = [{ revision: 1, message, at: 0, fromRound: 1 }];
  const alarm = alarmWith({ revisions, people: [PERSON, personAt(1)] }, terms);
  const instructions = createCallInstructions({
    publicAddress: () => publicAddress,
    publishMedia: () => Promise.reject(new Error("no sound is played")),
    talkAddress: (base, { step }) => `${base}/talk?s=${step}${"x".repeat(200)}`,
  });
  const prepared = await instructions({ scripted: askOnCall(alarm, PERSON, { purpose: "ask" }) }, "one");
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.end));
  const parameters = prepared.parameters("reference", "+15005550006");
  return "twiml" in parameters ? parameters.twiml : "";
}

const LONG = [
  ["1,000 letters", "Water in the cellar. ".repeat(48).trim()],
  ["1,000 Cyrillic letters", "Вода в подвале. ".repeat(62).trim()],
  ["1,000 ampersands", "&".repeat(1_000)],
  ["1,000 Chinese characters", "地下室有水。".repeat(166)],
] as const;

test.each(LONG)(
  "a call with a message of %s is made, and says how to take the alarm",
  async (_what, message) => {
    const twiml = await twimlOf(message, "https://home.example");
    expect(twiml.length).toBeLessThanOrEqual(4_000);
    expect(twiml).toContain("To take this alarm, press 1.");
  },
);

test.each(LONG)(
  "without a public address, a call with a message of %s is made, and says the code",
  async (_what, message) => {
    const twiml = await twimlOf(message, null);
    expect(twiml.length).toBeLessThanOrEqual(4_000);
    expect(twiml).toContain("send the code 1 2 3 4 5 6");
    for (const [, said = ""] of twiml.matchAll(/<Say[^>]*>([^<]*)</g))
      expect(encodeURIComponent(said).length).toBeLessThanOrEqual(4_500);
  },
);

test.each(["https://home.example", null])(
  "a call whose language, voice and message contain characters that XML forbids is made (public address: %s)",
  async (publicAddress) => {
    const forbidden = "\u0000\ufffe";
    const terms = { language: `en${forbidden}`, voice: `${forbidden}alice` };
    const twiml = await twimlOf(`Water${forbidden}!`, publicAddress, terms);
    expect(twiml).toMatch(/<Say language="en" voice="alice"[^>]*>Water\. Water!/);
  },
);
