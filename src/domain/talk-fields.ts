import * as z from "zod";

import { choice, oneLine, text, wholeNumber, yesOrNo } from "./payload-fields.ts";
import { DEFAULT_ANSWER_SECONDS, DEFAULT_RECORD_SECONDS } from "./talk-step.ts";

/** Twilio's limit. Source: twilio.com/docs/voice/twiml/record */
const LONGEST_RECORDING = 3600;
const MOST_DIGITS = 32;
/** Together; Twilio takes 500 phrases of 100 characters, in a document of 64 kB. */
const LONGEST_HINTS = 2_000;

/** With the hints, and however it is escaped, Twilio takes it: a document of 64 kB at most. */
const LONGEST_TEXT = 10_000;

/** Whether what a step says fits into one document: where nothing is asked, a long text stands there once each time. */
export function fitsDocument(given: {
  readonly say?: string | undefined;
  readonly ask?: unknown;
  readonly repeat: number;
}): boolean {
  const times = given.ask === undefined ? given.repeat : 1;
  return (given.say?.length ?? 0) * times <= LONGEST_TEXT;
}

export const TOO_LONG = `must not be longer than ${LONGEST_TEXT} characters, all repetitions together`;

/** An address, or what Home Assistant can play. */
export const sound = oneLine.refine(
  (value) => /^(https?|media-source):\/\//.test(value),
  "must be an address or media-source://…",
);

/** What is asked for, in every command that asks. */
export const askFields = {
  ask: choice(["digits", "speech", "either"]).optional(),
  digits: wholeNumber(1, MOST_DIGITS).optional(),
  finish_on_key: text
    .pipe(
      z
        .string()
        .trim()
        .regex(/^([0-9*#]|none)$/, "must be one of 0 to 9, * and #, or none"),
    )
    .default("#"),
  hints: z
    .union([z.array(text), text.transform((hints) => hints.split(","))], "must be a text or a list")
    .transform((hints) => hints.map((hint) => hint.trim()).filter((hint) => hint !== ""))
    .refine(
      (hints) => hints.join(",").length <= LONGEST_HINTS,
      `must not be longer than ${LONGEST_HINTS} characters together`,
    )
    .optional(),
  answer_seconds: wholeNumber(1, 60).default(DEFAULT_ANSWER_SECONDS),
} as const;

/** The most seconds to record; null for no recording. */
export const recording = z
  .union(
    [yesOrNo.transform((yes) => (yes ? DEFAULT_RECORD_SECONDS : null)), wholeNumber(1, LONGEST_RECORDING)],
    `must be true, false, or a whole number of seconds from 1 to ${LONGEST_RECORDING}`,
  )
  .optional();
