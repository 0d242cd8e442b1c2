import * as z from "zod";

import {
  choice,
  LONGEST_NAME,
  mappingError,
  required,
  text,
  wholeNumber,
  withoutLeftOut,
  word,
} from "./payload-fields.ts";
import { recipientValue } from "./recipient-value.ts";
import { askFields, fitsDocument, recording, sound, TOO_LONG } from "./talk-fields.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./talk-step.ts";

const TOO_LONG_A_NAME = `must not be longer than ${LONGEST_NAME} characters`;
const shortWord = word.pipe(z.string().max(LONGEST_NAME, TOO_LONG_A_NAME));
const CALL = "must be the CallSid of a call (CA…), as in trigger.event.data.CallSid";
const FORWARD = "must be a number or the name of a contact";

const INPUTS = ["ask", "record", "forward_to"] as const;

/** `payload` of the command `talk`. */
export const talkPayload = z.preprocess(
  withoutLeftOut,
  z
    .strictObject(
      {
        call: required(
          shortWord.pipe(z.string().regex(/^[\w:.-]+$/, CALL)),
          "the CallSid of the call, as in trigger.event.data.CallSid",
        ),
        say: text.optional(),
        play: sound.optional(),
        voice: shortWord.optional(),
        language: shortWord.optional(),
        repeat: wholeNumber(1, 10).default(1),
        ...askFields,
        record: recording,
        forward_to: z
          .unknown()
          .transform(recipientValue)
          .pipe(z.union([z.string().max(LONGEST_NAME, TOO_LONG_A_NAME), z.number()], FORWARD))
          .optional(),
        hold_seconds: wholeNumber(1, 10).default(DEFAULT_HOLD_SECONDS),
        silence_seconds: wholeNumber(1, 600).default(DEFAULT_SILENCE_SECONDS),
        then: choice(["wait", "hang_up", "reject"]).default("wait"),
      },
      { error: mappingError },
    )
    .refine(fitsDocument, { path: ["say"], error: TOO_LONG })
    .refine(({ say, play }) => say === undefined || play === undefined, {
      path: ["say"],
      error: "cannot be combined with play: enter only one of them",
    })
    .refine((given) => INPUTS.filter((input) => isAsked(given[input])).length <= 1, {
      path: ["ask"],
      error: `enter at most one of ${INPUTS.join(", ")}`,
    })
    .refine((given) => given.say !== undefined || given.play !== undefined || doesSomething(given), {
      path: ["say"],
      error: "is missing: enter say, play, ask, record, forward_to or then",
    })
    .refine(
      (given) =>
        given.then !== "reject" ||
        (given.say === undefined &&
          given.play === undefined &&
          !INPUTS.some((input) => isAsked(given[input]))),
      { path: ["then"], error: "reject stands alone: who is rejected hears nothing" },
    ),
);

export type TalkPayload = z.output<typeof talkPayload>;

function isAsked(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function doesSomething(given: Readonly<Record<string, unknown>>): boolean {
  return given["then"] !== "wait" || INPUTS.some((input) => isAsked(given[input]));
}
