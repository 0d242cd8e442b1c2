import * as z from "zod";

import { normalizeSender } from "../address/normalize-sender.ts";
import { HAS_CONTROL_CHARACTERS, hasControlCharacters } from "../text/control-characters.ts";
import { normalizeText } from "../text/normalize-text.ts";
import { ExactNumber } from "./exact-number.ts";
import { isOmitted } from "./is-omitted.ts";
import { pythonText } from "./python-text.ts";
import { recipientValue } from "./recipient-value.ts";

/**
 * The highest length of one recipient, in characters. `MAX_RECIPIENTS` limits the number of recipients, and
 * `MAX_WORD_LENGTH` the length of other names and IDs. The limits keep `twilio_result` small: the event contains each
 * recipient twice, and Home Assistant accepts at most 4 MiB.
 */
export const MAX_NAME_LENGTH = 200;
export const MAX_RECIPIENTS = 1000;
export const MAX_WORD_LENGTH = 2_000;

const WHO = "must be a number, the name of a contact, or a list of them";

/** One recipient, as the automation wrote it. */
const recipient = z
  .unknown()
  .refine(
    (given) => String(recipientValue(given) ?? "").length <= MAX_NAME_LENGTH,
    `must not be longer than ${MAX_NAME_LENGTH} characters`,
  );
const several = z
  .array(recipient)
  .max(MAX_RECIPIENTS, `names more than ${MAX_RECIPIENTS}`)
  .refine((all) => all.some((given) => recipientValue(given) !== null), WHO);

/** Makes a schema for a field that must be present. `what` names the value to enter, in the error for the user. */
export function required<Schema extends z.ZodType>(schema: Schema, what: string) {
  return z.preprocess((value, context) => {
    if (value !== undefined) return value;
    context.addIssue(`is missing: enter ${what}`);
    return z.NEVER;
  }, schema);
}

/**
 * The field `to`: one recipient, or a list of recipients. A template may have made an entry that is no recipient, such
 * as null. This entry stays in the list and gets an error later, so that the others still get the message.
 */
export const recipients = required(
  z.unknown().transform(listOfEntries).pipe(several),
  "a phone number with its country code, the name of a contact, or a list of them",
);

/** Turns one value into a list. A list inside a list, which a template may have made, becomes part of the list. */
export function listOfEntries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.flat() : [value];
}

/** Turns one value into a list, without the entries that are empty in a form or that a template has left empty. */
export function entriesWithValue(value: unknown): readonly unknown[] {
  return listOfEntries(value).filter((entry) => !isOmitted(entry));
}

/** A field with a text. Accepts a number or a boolean as well, because a template may turn a text into one. */
export const text = z
  .union([z.string(), z.number(), z.boolean(), z.instanceof(ExactNumber)], "must be a text")
  .transform(pythonText);

/**
 * A field with a name, a recipient or an ID. Removes what people copy together with such a text: blanks and quotation
 * marks around it, and invisible characters at all places.
 */
export const word = text
  .transform(normalizeText)
  .pipe(z.string().max(MAX_WORD_LENGTH, `must not be longer than ${MAX_WORD_LENGTH} characters`));

/** A field with a text of at most `most` characters. A longer text is refused and never cut. */
export function limitedText(most: number) {
  return text.refine((value) => value.length <= most, {
    error: ({ input }) => `has ${String(input).length} characters; Twilio accepts at most ${most}`,
  });
}

/** A field with a sender: a number, a Messaging Service (`MG…`), a sender name or a channel address. */
export const sender = word.transform(normalizeSender);

/** A field with a recipient or URL, which must not contain line breaks and other control characters. */
export const oneLine = word.refine((value) => !hasControlCharacters(value), HAS_CONTROL_CHARACTERS);

export const webAddress = oneLine.refine(
  (value) => URL.canParse(value) && /^https?:\/\//i.test(value),
  "must be a web address that starts with https://",
);

/** A field with a whole number from `least` to `most`. Accepts the number as text as well. */
export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return numberField(z.number(error).int(error).min(least, error).max(most, error), error);
}

/**
 * A field with a number. Accepts a text as well, because a template may turn a number into one. `error` names the valid
 * numbers.
 */
export function numberField(schema: z.ZodNumber, error: string) {
  return z
    .union(
      [z.number(), z.string().transform(normalizeText).pipe(z.string().min(1)), z.instanceof(ExactNumber)],
      error,
    )
    .pipe(z.coerce.number(error))
    .pipe(schema);
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

/** A field with a boolean. Accepts texts such as `True` and `yes` as well, which YAML and templates make. */
export const booleanField = z
  .unknown()
  .transform((value) =>
    typeof value === "string" ? (YES_OR_NO[normalizeText(value).toLowerCase()] ?? value) : value,
  )
  .pipe(z.boolean("must be true or false"));

/** Removes the fields of an action that are empty in a form or that a template has left empty. */
export function withoutOmitted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !isOmitted(part)));
}

/** A field that accepts one of these words, in upper or lower case. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const error = `must be ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
  return z
    .unknown()
    .transform((value) => (typeof value === "string" ? normalizeText(value).toLowerCase() : value))
    .pipe(z.enum(words, error));
}

/** Returns the error text about an action's data as a whole, for Zod's option `error`. */
export function mappingError(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "unrecognized_keys") return `has no field ${issue.keys.join(", ")}`;
  if (issue.code !== "invalid_type") return undefined;
  return isPythonMapping(issue.input)
    ? "contains a value that is neither a text, a number nor a list, such as an unquoted date; put it into quotation marks"
    : "must contain the fields of the command";
}

/**
 * Whether a value is the text of a mapping in Python. A script's template gives such a text if a field has a value that
 * Home Assistant cannot convert back, such as `datetime.date(2026, 12, 24)`.
 */
function isPythonMapping(value: unknown): boolean {
  return typeof value === "string" && /^\{'.*\}$/s.test(value);
}
