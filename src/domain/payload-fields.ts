import * as z from "zod";

import { ExactNumber } from "./exact-number.ts";
import { pythonText } from "./python-text.ts";
import { recipientValue } from "./recipient-value.ts";

/** Home Assistant takes no event of more than 4 MiB, and a result names everybody twice. */
export const LONGEST_NAME = 200;
export const MOST_RECIPIENTS = 1000;

const WHO = "must be a number, the name of a contact, or a list of them";

/** A text or a whole number. */
const recipient = z
  .unknown()
  .transform(recipientValue)
  .pipe(
    z.union(
      [z.string(WHO).max(LONGEST_NAME, `must not be longer than ${LONGEST_NAME} characters`), z.number(WHO)],
      WHO,
    ),
  );
const several = z
  .array(recipient, WHO)
  .min(1, "names nobody")
  .max(MOST_RECIPIENTS, `names more than ${MOST_RECIPIENTS}`);

/** One recipient or a list of them. */
export const recipients = z
  .unknown()
  .refine((to) => to !== undefined, "is missing")
  .transform((to) => (Array.isArray(to) ? to : [to]))
  .pipe(several);

/** Templates make numbers and bools of texts. */
export const text = z
  .union([z.string(), z.number(), z.boolean(), z.instanceof(ExactNumber)], "must be a text")
  .transform(pythonText);

/** A text that must not be empty. */
export const filledText = text.refine((value) => value.trim() !== "", "is empty");

/** A name, an address or an id. */
export const word = text.pipe(z.string().trim().min(1, "is empty").max(2_000, "is too long"));

export const webAddress = word.refine(
  (value) => URL.canParse(value) && /^https?:/.test(value),
  "must be an address that starts with https://",
);

/** Templates make texts of numbers, too. */
export const number = z
  .union([z.number(), z.string().trim().min(1), z.instanceof(ExactNumber)], "must be a number")
  .pipe(z.coerce.number("must be a number"));

export function wholeNumber(least: number, most: number) {
  const bounds = `must be ${least} to ${most}`;
  return number.pipe(z.number().int("must be a whole number").min(least, bounds).max(most, bounds));
}

/** `True` and `yes` are what YAML and templates make of it. */
export const yesOrNo = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false", "yes", "no", "on", "off"], "must be true or false"))
    .transform((value) => ["true", "yes", "on"].includes(value)),
]);

/** What a script hands on as `none` was not given. */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== ""));
}
