import * as z from "zod";

import {
  askFields,
  fitsTwimlLimit,
  numberOrContact,
  sound,
  TEXT_TOO_LONG,
} from "../../calls/talk-payload.ts";
import { CALL_WAITS } from "../../domain/events/delivery-status.ts";
import {
  oneOf,
  limitedText,
  mappingError,
  recipients,
  sender,
  text,
  webAddress,
  wholeNumber,
  withoutOmitted,
  word,
  booleanField,
} from "../../domain/payload/payload-fields.ts";

/** Twilio's limit for TwiML that is sent with a call. Source: twilio.com/docs/voice/api/call-resource */
const MAX_TWIML_LENGTH = 4000;
const MAX_RING_SECONDS = 600;
const MAX_REPEATS = 100;
/** Source: twilio.com/docs/voice/api/call-resource */
const MAX_SENT_DIGITS = 32;

export const DEFAULT_RING_SECONDS = 30;

const CONTENT_FIELDS = ["say", "play", "twiml", "twiml_url", "connect_to"] as const;

/** The keys that Twilio dials after the call is answered. */
const keysToDial = word
  .refine(
    (value) => /^[0-9A-D*#wW]+$/.test(value),
    "may contain only 0 to 9, *, #, A to D, w (a pause of half a second) and W (a pause of a second)",
  )
  .refine(
    (value) => value.length <= MAX_SENT_DIGITS,
    `must not be longer than ${MAX_SENT_DIGITS} characters`,
  );

/** Reads the field `payload` of the command `make_call`. */
export const makeCallPayload = z.preprocess(
  withoutOmitted,
  z
    .strictObject(
      {
        to: recipients,
        say: text.optional(),
        play: sound.optional(),
        twiml: limitedText(MAX_TWIML_LENGTH).optional(),
        twiml_url: webAddress.optional(),
        connect_to: numberOrContact.optional(),
        voice: word.optional(),
        language: word.optional(),
        repeat: wholeNumber(1, MAX_REPEATS).default(1),
        ...askFields,
        then: oneOf(["hang_up", "talk"]).default("hang_up"),
        sender: sender.optional(),
        send_digits: keysToDial.optional(),
        ring_seconds: wholeNumber(5, MAX_RING_SECONDS).default(DEFAULT_RING_SECONDS),
        detect_machine: booleanField.default(false),
        record: booleanField.default(false),
        wait_for: oneOf(CALL_WAITS).default("queued"),
      },
      { error: mappingError },
    )
    .refine(
      (given) =>
        given.then === "talk" || CONTENT_FIELDS.filter((field) => given[field] !== undefined).length === 1,
      {
        path: ["say"],
        error: `enter exactly one of ${CONTENT_FIELDS.join(", ")}`,
      },
    )
    .refine((given) => !isContinuedByAutomation(given) || given.connect_to === undefined, {
      path: ["connect_to"],
      error: "cannot be combined with ask or then: talk: use forward_to of talk",
    })
    .refine(
      (given) =>
        !isContinuedByAutomation(given) || (given.twiml === undefined && given.twiml_url === undefined),
      {
        path: ["twiml"],
        error: "cannot be combined with ask or then: talk, for which the app writes the TwiML",
      },
    )
    .refine((given) => !isContinuedByAutomation(given) || given.wait_for !== "completed", {
      path: ["wait_for"],
      error: "completed cannot be combined with ask or then: talk, which return before the call ends",
    })
    .refine((given) => !isContinuedByAutomation(given) || fitsTwimlLimit(given), {
      path: ["say"],
      error: TEXT_TOO_LONG,
    })
    .refine((given) => given.send_digits === undefined || !given.detect_machine, {
      path: ["send_digits"],
      error: "cannot be combined with detect_machine, because Twilio then does not detect answering machines",
    })
    .refine((given) => given.say === undefined || given.play === undefined, {
      path: ["say"],
      error: "cannot be combined with play: enter only one of them",
    }),
);

/**
 * Whether an automation continues the call after its first step (what the app says and asks). With `ask`, the
 * automation gets what the called person entered. With `then: talk`, it sends the next step.
 */
export function isContinuedByAutomation(given: { readonly ask?: unknown; readonly then?: unknown }): boolean {
  return given.ask !== undefined || given.then === "talk";
}

export type MakeCallPayload = z.output<typeof makeCallPayload>;
