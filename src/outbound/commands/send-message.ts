import * as z from "zod";

import { MESSAGE_WAITS } from "../../domain/events/delivery-status.ts";
import { parseExactJson } from "../../domain/payload/exact-number.ts";
import {
  entriesWithValue,
  oneOf,
  limitedText,
  MAX_WORD_LENGTH,
  mappingError,
  recipients,
  sender,
  text,
  wholeNumber,
  withoutOmitted,
  word,
} from "../../domain/payload/payload-fields.ts";
import { HAS_CONTROL_CHARACTERS, hasControlCharacters } from "../../domain/text/control-characters.ts";
import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import { normalizeText } from "../../domain/text/normalize-text.ts";
import { parseMediaSource } from "../../media/source.ts";

/** The highest number of media that Twilio accepts. Source: twilio.com/docs/messaging/api/message-resource */
const MAX_MEDIA = 10;
const MAX_VALIDITY_SECONDS = 36_000;

const MEDIA = "must be an http(s) address, camera.…, image.… or media-source://…, or a list of them";

const source = z
  .string(MEDIA)
  .transform(normalizeText)
  .pipe(
    z
      .string()
      .max(MAX_WORD_LENGTH, `must not be longer than ${MAX_WORD_LENGTH} characters`)
      .refine((value) => !hasControlCharacters(value), { error: HAS_CONTROL_CHARACTERS, abort: true })
      .refine((value) => parseMediaSource(value) !== null, MEDIA),
  );
const media = z.unknown().transform(entriesWithValue).pipe(z.array(source));
/** The variables of a content template. Twilio accepts only texts, and no empty ones. */
const variables = z
  .preprocess(
    parsedJson,
    z.record(
      z.string(),
      z.union([text, z.null()], "must contain only texts"),
      "must be a mapping, or a JSON object",
    ),
  )
  .transform((values) => Object.entries(values).filter(([, value]) => value !== null && value !== ""))
  .transform((entries) => JSON.stringify(Object.fromEntries(entries)));

/** Reads the field `payload` of the command `send_message`. */
export const sendMessagePayload = z.preprocess(
  withoutOmitted,
  z
    .strictObject(
      {
        to: recipients,
        message: limitedText(MAX_TEXT_LENGTH).optional(),
        media: media
          .refine((all) => all.length <= MAX_MEDIA, `must not contain more than ${MAX_MEDIA}`)
          .optional(),
        sender: sender.optional(),
        channel: oneOf(["sms", "whatsapp"]).optional(),
        content_sid: word
          .refine((value) => /^HX[0-9a-f]{32}$/i.test(value), "must be HX and 32 hex digits")
          .optional(),
        content_variables: variables.optional(),
        send_at: word.optional(),
        valid_for: wholeNumber(1, MAX_VALIDITY_SECONDS).optional(),
        wait_for: oneOf(MESSAGE_WAITS).default("accepted"),
      },
      { error: mappingError },
    )
    .refine(
      ({ message, media: pictures = [], content_sid: template }) => message ?? template ?? pictures[0],
      {
        path: ["message"],
        error: "is missing: enter message, media or content_sid",
      },
    )
    .refine(({ media: pictures, send_at: at }) => !at || !pictures?.some(needsPublishing), {
      path: ["send_at"],
      error:
        "can be combined only with media at an http(s) address: the app publishes Home Assistant's media for ten minutes only",
    })
    .refine(({ content_sid: template, content_variables: values }) => template ?? !values, {
      path: ["content_variables"],
      error: "needs content_sid as well",
    }),
);

export type SendMessagePayload = z.output<typeof sendMessagePayload>;

function needsPublishing(given: string): boolean {
  return parseMediaSource(given)?.kind !== "url";
}

function parsedJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return parseExactJson(value);
  } catch {
    return value;
  }
}
