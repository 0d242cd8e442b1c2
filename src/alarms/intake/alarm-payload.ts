import * as z from "zod";

import { ExactNumber } from "../../domain/payload/exact-number.ts";
import { isObject } from "../../domain/payload/is-object.ts";
import { isOmitted } from "../../domain/payload/is-omitted.ts";
import {
  booleanField,
  entriesWithValue,
  listOfEntries,
  mappingError,
  MAX_NAME_LENGTH,
  MAX_RECIPIENTS,
  numberField,
  oneOf,
  required,
  text,
  wholeNumber,
  withoutOmitted,
  word,
} from "../../domain/payload/payload-fields.ts";
import { recipientValue } from "../../domain/payload/recipient-value.ts";
import { normalizeText } from "../../domain/text/normalize-text.ts";
import { splitList } from "../../domain/text/split-list.ts";
import { ALARM_CHANNELS } from "../alarm.ts";

/**
 * An alarm has at most `MOST_PEOPLE` people, and its message at most `MOST_MESSAGE` characters. More would not fit into
 * an event or a call. The alarm then uses the first ones, because it must call people in any case.
 */
export const MOST_PEOPLE = 50;
export const MOST_MESSAGE = 1_000;
const DAY = 86_400;

/** The state of a number entity, such as `3.0`, is a key as well. */
const key = word
  .transform((value) => value.replace(/\.0$/, ""))
  .refine((value) => /^\d{1,8}$/.test(value), "must have 1 to 8 digits");
/** The name stays as the automation writes it, because automations compare it with the name in the events. */
const name = text.refine(
  (value) => value.length <= MAX_NAME_LENGTH,
  `must not be longer than ${MAX_NAME_LENGTH}`,
);

/** A field with a list. The automation may also write one value, or one text with commas. */
function several<Schema extends z.ZodType>(schema: Schema) {
  return z.unknown().transform(listed).pipe(z.array(schema));
}

function listed(value: unknown): readonly unknown[] {
  return entriesWithValue(typeof value === "string" ? splitList(value) : value);
}

const channels = several(oneOf(ALARM_CHANNELS)).refine((found) => found.length > 0, "must name a channel");
const WHO = "must be a number, the name of a contact, or person and channels";

/**
 * A person of an alarm: a number, a name, or a mapping with this person's own channels. `person` is an empty text or
 * null if a template made a value that names nobody. The alarm then warns about this entry and calls the others.
 */
const person = z.union(
  [
    z.preprocess(
      withoutOmitted,
      z.strictObject({ person: z.unknown().transform(personValue), channels: channels.optional() }),
    ),
    z
      .unknown()
      .refine((value) => !isObject(value) || isOmitted(value) || value instanceof ExactNumber, WHO)
      .transform((value) => ({ person: personValue(value), channels: undefined })),
  ],
  WHO,
);

function personValue(value: unknown): string | number | null {
  return isOmitted(value) ? "" : recipientValue(value);
}

/** Turns the field `people` into a list of single people. A mapping may name several people with the same channels. */
function singlePeople(value: unknown): readonly unknown[] {
  return listOfEntries(value).flatMap((entry) =>
    isObject(entry) && Array.isArray(entry["person"])
      ? entriesWithValue(entry["person"]).map((one) => ({ ...entry, person: one }))
      : [entry],
  );
}

const people = required(
  z
    .unknown()
    .transform(singlePeople)
    .pipe(z.array(person, WHO).min(1, "is empty: enter at least one person").max(MAX_RECIPIENTS)),
  "a phone number with its country code, the name of a contact, or a list of them",
);

const message = text.pipe(z.string().trim().min(1, "is empty"));

const TIME = "must be a time in seconds since 1970";
/**
 * When the script fired the request for the first time, in seconds since 1970. The script repeats the request until the
 * app answers.
 */
const firedAt = numberField(z.number(TIME).min(0, TIME).max(1e11, TIME), TIME);

const start = z.strictObject(
  {
    do: z.literal("start"),
    alarm: name.optional(),
    message: required(message, "the text that people hear and read"),
    people,
    channels: channels.default(["call"]),
    order: oneOf(["one_by_one", "all_at_once"]).default("one_by_one"),
    ring_seconds: wholeNumber(5, 120).default(25),
    calls: wholeNumber(1, 5).default(2),
    wait_seconds: wholeNumber(0, 3_600).default(30),
    pause_seconds: wholeNumber(5, 3_600).default(60),
    rounds: wholeNumber(1, 100).optional(),
    give_up_after: wholeNumber(30, DAY).default(3_600),
    key: key.default("1"),
    pass_key: key.optional(),
    confirm: oneOf(["key", "pin", "twice"]).default("key"),
    remind_seconds: wholeNumber(0, DAY).default(0),
    quiet_seconds: wholeNumber(0, DAY).default(600),
    inform: oneOf(["none", "reached", "all"]).default("reached"),
    at_end: several(oneOf(["sms", "push"])).default(["sms", "push"]),
    language: word.optional(),
    voice: word.optional(),
    repeat: wholeNumber(1, 10).default(2),
    test: booleanField.default(false),
    fired_at: firedAt.optional(),
  },
  { error: mappingError },
);

const named = {
  alarm: name.optional(),
  /** Whether the alarm is a drill. If this field is missing, a real alarm comes before a drill of the same name. */
  test: booleanField.optional(),
  fired_at: firedAt.optional(),
};

/** Reads the field `payload` of the command `alarm`. */
export const alarmPayload = z.preprocess(
  (value) => withDo(withoutOmitted(value)),
  z
    .discriminatedUnion(
      "do",
      [
        start,
        z.object({ ...named, do: z.literal("take"), person: z.unknown().optional() }),
        z.object({ ...named, do: z.literal("stop") }),
      ],
      { error: (issue) => mappingError(issue) ?? "must be start, take or stop" },
    )
    .refine((given) => given.do !== "start" || given.key !== given.pass_key, {
      path: ["pass_key"],
      error: "must differ from key",
    }),
);

function withDo(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const action: unknown = "do" in value ? value.do : "start";
  return { ...value, do: typeof action === "string" ? normalizeText(action).toLowerCase() : action };
}

export type AlarmPayload = z.output<typeof alarmPayload>;
export type StartPayload = Extract<AlarmPayload, { readonly do: "start" }>;
export type ActPayload = Exclude<AlarmPayload, { readonly do: "start" }>;

/**
 * The payload without `fired_at`. A request that is repeated with the same `request_id` may have another `fired_at`.
 */
export function withoutTime(payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([field]) => field !== "fired_at"));
}
