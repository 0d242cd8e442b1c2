import type { CallerAct, Question } from "../phone/caller-act.ts";
import type { Verb } from "./parse-twiml.ts";

/** The input as parameters. `isEmpty`: there is no input. */
export interface GatherOutcome {
  readonly isEmpty: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A `<Gather>` that waits. The finishing key, the number of digits or the timeout ends it. The finishing key counts only
 * after another key. Source: twilio.com/docs/voice/twiml/gather
 */
export function askGather({ attributes }: Verb): Question<GatherOutcome> {
  const inputs = (attributes["input"] ?? "dtmf").split(" ");
  const finishOnKey = attributes["finishOnKey"] ?? "#";
  const numDigits = Number(attributes["numDigits"] ?? Infinity);
  let digits = "";

  const done = (finishedOnKey: string): GatherOutcome => ({
    isEmpty: digits === "",
    parameters: { Digits: digits, FinishedOnKey: finishedOnKey, msg: "Gather End" },
  });

  function press(keys: string): GatherOutcome | null {
    for (const key of keys) {
      if (key !== finishOnKey) {
        digits += key;
        if (digits.length === numDigits) return done("");
      } else if (digits !== "") {
        return done(key);
      }
    }
    return null;
  }

  function take(act: CallerAct): GatherOutcome | null {
    if (act.kind === "keys") return press(act.keys);
    // Keys have priority over words.
    if (act.kind === "words" && digits === "") {
      const parameters = { SpeechResult: act.words, Confidence: String(act.confidence) };
      return { isEmpty: false, parameters };
    }
    if (act.kind !== "quiet") return null;
    return inputs.includes("dtmf") ? done("") : { isEmpty: true, parameters: { msg: "Gather End" } };
  }

  return {
    kind: "gather",
    accepts: [
      ...(inputs.includes("dtmf") ? (["keys"] as const) : []),
      ...(inputs.includes("speech") ? (["words"] as const) : []),
      "quiet",
    ],
    take,
    // Only the status callback is sent.
    hungUp: () => null,
  };
}
