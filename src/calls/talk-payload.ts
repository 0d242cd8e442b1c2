import * as z from "zod";

import {
  entriesWithValue,
  MAX_NAME_LENGTH,
  oneOf,
  mappingError,
  oneLine,
  required,
  text,
  wholeNumber,
  withoutOmitted,
  word,
  booleanField,
} from "../domain/payload/payload-fields.ts";
import { recipientValue } from "../domain/payload/recipient-value.ts";
import { parseMediaSource } from "../media/source.ts";
import {
  DEFAULT_ANSWER_SECONDS,
  DEFAULT_HOLD_SECONDS,
  DEFAULT_RECORD_SECONDS,
  DEFAULT_SILENCE_SECONDS,
} from "./step.ts";

/** The longest recording that Twilio makes, in seconds. Source: twilio.com/docs/voice/twiml/record */
const LONGEST_RECORDING = 3600;
const MOST_DIGITS = 32;
/**
 * The highest number of characters of all hints (words that Twilio expects). Twilio accepts 500 phrases of 100
 * characters, but only 64 kB of TwiML.
 */
const LONGEST_HINTS = 2_000;

/**
 * The highest number of characters of a text. With the hints and escaped characters, it still fits into 64 kB of TwiML.
 */
const LONGEST_TEXT = 10_000;

/** Whether a step fits into 64 kB of TwiML. If it asks no question, the TwiML contains the text `repeat` times. */
export function fitsTwimlLimit(given: {
  readonly say?: string | undefined;
  readonly ask?: unknown;
  readonly repeat: number;
}): boolean {
  const times = given.ask === undefined ? given.repeat : 1;
  return (given.say?.length ?? 0) * times <= LONGEST_TEXT;
}

export const TEXT_TOO_LONG = `must not be longer than ${LONGEST_TEXT} characters, all repetitions together`;

/** Reads a sound: a URL, or a media source of Home Assistant. */
export const sound = oneLine.pipe(
  z.string().refine((value) => {
    const kind = parseMediaSource(value)?.kind;
    return kind === "url" || kind === "media_source";
  }, "must be an http(s) address or media-source://… of a sound"),
);

/** The fields for input, which all commands that ask a question have. */
export const askFields = {
  ask: oneOf(["digits", "speech", "either"]).optional(),
  digits: wholeNumber(1, MOST_DIGITS).optional(),
  finish_on_key: word
    .transform((key) => key.toLowerCase())
    .pipe(z.string().regex(/^([0-9*#]|none)$/, "must be one of 0 to 9, * and #, or none"))
    .default("#"),
  hints: z
    .unknown()
    .transform(entriesWithValue)
    .pipe(z.array(text, "must be a text or a list"))
    .transform((hints) => hints.flatMap((hint) => hint.split(",")))
    .transform((hints) => hints.map((hint) => hint.trim()).filter((hint) => hint !== ""))
    .refine(
      (hints) => hints.join(",").length <= LONGEST_HINTS,
      `must not be longer than ${LONGEST_HINTS} characters together`,
    )
    .optional(),
  answer_seconds: wholeNumber(1, 60).default(DEFAULT_ANSWER_SECONDS),
} as const;

/** Reads the field for a recording: its longest duration in seconds; null for no recording. */
export const recording = z
  .union(
    [
      booleanField.transform((yes) => (yes ? DEFAULT_RECORD_SECONDS : null)),
      wholeNumber(1, LONGEST_RECORDING),
    ],
    `must be true, false, or a whole number of seconds from 1 to ${LONGEST_RECORDING}`,
  )
  .optional();

const TOO_LONG_A_NAME = `must not be longer than ${MAX_NAME_LENGTH} characters`;
const shortWord = word.pipe(z.string().max(MAX_NAME_LENGTH, TOO_LONG_A_NAME));
const CALL = "must be the CallSid of a call (CA…), as in trigger.event.data.CallSid";
const FORWARD = "must be a number or the name of a contact";

/** Reads a field that names a number or a contact, with whom the app connects a call. */
export const numberOrContact = z
  .unknown()
  .transform(recipientValue)
  .pipe(z.union([z.string().max(MAX_NAME_LENGTH, TOO_LONG_A_NAME), z.number()], FORWARD));

const INPUTS = ["ask", "record", "forward_to"] as const;

/** Reads the field `payload` of the command `talk`. */
export const talkPayload = z.preprocess(
  withoutOmitted,
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
        forward_to: numberOrContact.optional(),
        hold_seconds: wholeNumber(1, 10).default(DEFAULT_HOLD_SECONDS),
        silence_seconds: wholeNumber(1, 600).default(DEFAULT_SILENCE_SECONDS),
        then: oneOf(["wait", "hang_up", "reject"]).default("wait"),
      },
      { error: mappingError },
    )
    .refine(fitsTwimlLimit, { path: ["say"], error: TEXT_TOO_LONG })
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
      {
        path: ["then"],
        error: "reject cannot be combined with other fields: a rejected caller hears nothing",
      },
    ),
);

export type TalkPayload = z.output<typeof talkPayload>;

function isAsked(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function doesSomething(given: Readonly<Record<string, unknown>>): boolean {
  return given["then"] !== "wait" || INPUTS.some((input) => isAsked(given[input]));
}
