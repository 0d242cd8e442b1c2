import * as z from "zod";

import { filledText, LONGEST_NAME, wholeNumber, withoutNulls, word } from "./payload-fields.ts";
import { recipientValue } from "./recipient-value.ts";
import { askFields, fitsDocument, recording, sound, TOO_LONG } from "./talk-fields.ts";
import { DEFAULT_HOLD_SECONDS, DEFAULT_SILENCE_SECONDS } from "./talk-step.ts";

const shortWord = word.pipe(z.string().max(LONGEST_NAME, "is too long"));

const INPUTS = ["ask", "record", "forward_to"] as const;

/** `payload` of the command `talk`. */
export const talkPayload = z.preprocess(
  withoutNulls,
  z
    .strictObject({
      call: word.pipe(
        z
          .string()
          .max(LONGEST_NAME, "is too long")
          .regex(/^[\w:.-]+$/, "must be the CallSid of a call (CA…), as in trigger.event.data.CallSid"),
      ),
      say: filledText.optional(),
      play: sound.optional(),
      voice: shortWord.optional(),
      language: shortWord.optional(),
      repeat: wholeNumber(1, 10).default(1),
      ...askFields,
      record: recording,
      forward_to: z
        .unknown()
        .transform(recipientValue)
        .pipe(
          z.union([z.string().max(LONGEST_NAME), z.number()], "must be a number or the name of a contact"),
        )
        .optional(),
      hold_seconds: wholeNumber(1, 10).default(DEFAULT_HOLD_SECONDS),
      silence_seconds: wholeNumber(1, 600).default(DEFAULT_SILENCE_SECONDS),
      then: z.enum(["wait", "hang_up", "reject"], "must be wait, hang_up or reject").default("wait"),
    })
    .refine(fitsDocument, { path: ["say"], error: TOO_LONG })
    .refine(({ say, play }) => say === undefined || play === undefined, {
      path: ["say"],
      error: "and play are one too many: only one of them can be heard",
    })
    .refine((given) => INPUTS.filter((input) => isAsked(given[input])).length <= 1, {
      path: ["ask"],
      error: `is one of several: a step has at most one of ${INPUTS.join(", ")}`,
    })
    .refine((given) => given.say !== undefined || given.play !== undefined || doesSomething(given), {
      path: ["say"],
      error: "is missing: a step needs say, play, ask, record, forward_to or then",
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
