import type { ScriptStep } from "../../calls/script.ts";
import { cutText } from "../../domain/text/cut-text.ts";

/**
 * The most characters of TwiML that Twilio accepts in the POST of a call. Source:
 * twilio.com/docs/voice/api/call-resource
 */
export const MOST_TWIML = 4000;

/**
 * Shortens a step until Twilio accepts its TwiML, because a call with a shorter text is better than no call. If no form
 * is short enough, returns the step unchanged.
 *
 * @param twimlOf writes a step as TwiML
 */
export function fittingStep<Step extends ScriptStep>(step: Step, twimlOf: (shorter: Step) => string): Step {
  return shorterForms(step).find((form) => twimlOf(form).length <= MOST_TWIML) ?? step;
}

/**
 * Returns the step and its shorter forms. All shorter forms lack the text after the question. The third form says the
 * text once. The last forms have less text, and the longer text said once comes before a shorter one said repeatedly.
 */
function shorterForms<Step extends ScriptStep>(step: Step): Step[] {
  const keys = step.keys === null ? null : { ...step.keys, afterwards: "" };
  return [
    step,
    { ...step, keys },
    { ...step, keys, repeat: 1 },
    ...[1_500, 500].flatMap((most) => {
      const shorter = { ...step, keys, say: withoutMiddle(step.say, most) };
      return [shorter, { ...shorter, repeat: 1 }];
    }),
  ];
}

/** Shortens a text in its middle, because an alarm says at the end how a person takes it. */
function withoutMiddle(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${cutText(text, most - 200)} ${text.slice(-200).replace(/^[\uDC00-\uDFFF]/, "")}`;
}
