import { expect, test } from "vitest";

import type { ScriptStep } from "../../../src/calls/script.ts";
import { fittingStep } from "../../../src/twilio/send/fitting-step.ts";

const STEP: ScriptStep = {
  say: "a".repeat(4_500),
  language: "en-US",
  voice: null,
  repeat: 3,
  keys: { digits: 1, seconds: 10, afterwards: "aa" },
  state: "1.key",
};

/** Stands for TwiML that contains the text as often as it is said. */
function twimlOf({ say, repeat, keys }: ScriptStep): string {
  return say.repeat(repeat) + (keys?.afterwards ?? "");
}

test("a long text that does not fit three times is rather said once than shortened to 500 characters", () => {
  const { say, repeat } = fittingStep(STEP, twimlOf);
  expect([say.length, repeat]).toEqual([1_501, 1]);
});

test("a text that fits three times without the text after the question is said three times", () => {
  const { say, repeat, keys } = fittingStep({ ...STEP, say: "a".repeat(1_333) }, twimlOf);
  expect([say.length, repeat, keys?.afterwards]).toEqual([1_333, 3, ""]);
});
