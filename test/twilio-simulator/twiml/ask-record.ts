import type { CallerAct, Question, TwimlRequest } from "../phone/caller-act.ts";
import type { Verb } from "./parse-twiml.ts";

/** How a recording ended; `digits` is the key that ended it, `hangup` after the caller's hang-up. */
export interface RecordOutcome {
  readonly seconds: number;
  readonly digits: string;
}

/** A `<Record>` that waits. Source: twilio.com/docs/voice/twiml/record */
export function askRecord(
  { attributes }: Verb,
  requestFor: (outcome: RecordOutcome) => TwimlRequest | null,
): Question<RecordOutcome> {
  const finishOnKey = attributes["finishOnKey"] ?? "1234567890*#";
  const maxLength = Number(attributes["maxLength"] || 3_600);
  const outcome = (seconds: number, digits: string): RecordOutcome => ({
    seconds: Math.min(seconds, maxLength),
    digits: seconds < maxLength ? digits : "",
  });

  function take(act: CallerAct): RecordOutcome | null {
    if (act.kind === "quiet") return outcome(0, "");
    if (act.kind === "keys") {
      const key = act.keys.split("").find((one) => finishOnKey.includes(one));
      return key === undefined ? null : outcome(1, key);
    }
    if (act.kind !== "recorded") return null;
    if (act.key !== "" && !finishOnKey.includes(act.key))
      throw new Error("this key does not end the recording");
    return outcome(act.seconds, act.key);
  }

  return {
    kind: "record",
    accepts: ["keys", "recorded", "quiet"],
    take,
    hungUp: (seconds) => requestFor(outcome(seconds, "hangup")),
  };
}
