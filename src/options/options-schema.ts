import * as z from "zod";

import { EXAMPLE_NUMBER, EXAMPLE_SENDER } from "../domain/address/example-number.ts";
import { normalizeAddress } from "../domain/address/normalize-address.ts";
import { LOG_LEVELS } from "../domain/log/logger.ts";
import { normalizeText } from "../domain/text/normalize-text.ts";
import { splitList } from "../domain/text/split-list.ts";
import { trimEdges } from "../domain/text/trim-edges.ts";
import { parseApiBaseUrl } from "./addresses.ts";
import { parsePublicUrl } from "./addresses.ts";

/** Reads a text. YAML reads some texts, such as phone numbers, as numbers, so a number becomes a text again. */
const TEXT = [z.string(), z.number().transform(String)] as const;

/** The highest number of characters in a spoken text. Source: twilio.com/docs/voice/twiml/say */
const MAX_SPOKEN_LENGTH = 4_096;

function text(whatToEnter: string, tidy: (value: string) => string = normalizeText) {
  return z
    .union(TEXT, `enter ${whatToEnter}`)
    .transform(tidy)
    .pipe(z.string().min(1, `it is empty; enter ${whatToEnter}`));
}

/** An optional text. If the user clears it, Supervisor writes an empty text. */
function optionalText(tidy: (value: string) => string = normalizeText) {
  return z
    .union([...TEXT, z.null()], "enter a text, or leave it empty")
    .transform((value) => (value === null ? null : tidy(value) || null))
    .default(null);
}

/** An optional URL. `check` brings it into its usual form, or says what is wrong with it. */
function optionalAddress(
  check: (
    value: string,
  ) => { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string },
) {
  return optionalText().transform((value, context) => {
    if (value === null) return null;
    const checked = check(value);
    if (checked.ok) return checked.url;
    context.addIssue(checked.problem);
    return z.NEVER;
  });
}

function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `enter ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`);
}

function wholeNumber(least: number) {
  const whatToEnter = `enter a whole number, at least ${least}`;
  return z.number(whatToEnter).int(whatToEnter).min(least, whatToEnter);
}

/**
 * A list of texts. In Supervisor's form, it may also be one text with commas, semicolons or line breaks between the
 * entries.
 */
function severalTexts(whatToEnter: string) {
  const one = z.union(TEXT, `enter ${whatToEnter}`);
  return z
    .union(
      [z.array(one), one.transform((value) => splitList(normalizeText(value))), z.null().transform(() => [])],
      `enter ${whatToEnter}`,
    )
    .transform((values) => values.map(normalizeText).filter((value) => value !== ""))
    .default([]);
}

const seconds = "enter a number of seconds from 0 to 10";
const yesOrNo = z.boolean("enter true or false");
const entries = z.array(z.unknown(), "enter a list");

export const notifierSchema = z.object(
  {
    name: text("the action's name, such as twilio_sms", trimEdges),
    type: oneOf(["sms", "call"]),
    from_number: text(EXAMPLE_SENDER, normalizeAddress),
    beside_core: yesOrNo.default(false),
    targets: severalTexts("numbers or names of contacts, with a comma between two"),
  },
  "enter a name, a type and a from_number",
);

export const contactSchema = z.object(
  {
    name: text("a name", trimEdges),
    number: text(EXAMPLE_NUMBER, normalizeAddress),
    push: optionalText().transform((value) => value?.replace(/^notify\./, "") ?? null),
    pin: optionalText().refine(
      (value) => value === null || /^\d{4,8}$/.test(value),
      "enter 4 to 8 digits, or leave it empty",
    ),
  },
  "enter a name and a number",
);

/** All options as the user writes them. A test checks that `config.yaml` and the translations have the same options. */
export const OPTIONS_SCHEMA = {
  account_sid: optionalText(),
  auth_token: optionalText(),
  auth_token_previous: optionalText(),
  api_key_sid: optionalText(),
  api_key_secret: optionalText(),
  public_url: optionalAddress(parsePublicUrl),
  contacts: entries.default([]),
  default_sender: optionalText(normalizeAddress),
  incoming_calls: z
    .object(
      {
        wait_seconds: z.number(seconds).min(0, seconds).max(10, seconds).default(3),
        otherwise: oneOf(["reject", "hang_up", "say"]).default("reject"),
        say: optionalText(trimEdges).refine(
          (value) => (value?.length ?? 0) <= MAX_SPOKEN_LENGTH,
          `enter a text of at most ${MAX_SPOKEN_LENGTH} characters`,
        ),
      },
      "enter wait_seconds, otherwise and say below it",
    )
    .refine(({ otherwise, say }) => otherwise !== "say" || say !== null, {
      path: ["otherwise"],
      error: "say needs a text; enter one in say",
    })
    .prefault({}),
  incoming_messages: z
    .object({ strangers: oneOf(["report", "ignore"]).default("report") }, "enter strangers below it")
    .prefault({}),
  language: optionalText()
    .transform((value) => value?.replaceAll("_", "-") ?? null)
    .refine((value) => value === null || isLanguage(value), "enter a language such as de or en-GB"),
  limits: z
    .object(
      {
        messages_per_day: wholeNumber(0).default(250),
        calls_per_day: wholeNumber(0).default(50),
        alarm_tries_per_day: wholeNumber(0).default(200),
      },
      "enter messages_per_day, calls_per_day and alarm_tries_per_day below it",
    )
    .prefault({}),
  alarms: z
    .object(
      {
        whatsapp_template: optionalText().refine(
          (value) => value === null || /^HX[0-9a-f]{32}$/i.test(value),
          "enter the SID of a content template (HX…)",
        ),
      },
      "enter whatsapp_template below it",
    )
    .prefault({}),
  notifiers: entries.default([]),
  relay: z.object({ per_day: wholeNumber(0).default(5_000) }, "enter per_day below it").prefault({}),
  install_scripts: yesOrNo.default(true),
  history_days: wholeNumber(1).default(30),
  log_level: oneOf(LOG_LEVELS).default("info"),
  api_base_url: optionalAddress(parseApiBaseUrl),
  webhook_secret: optionalText(),
  region: optionalText(),
  edge: optionalText(),
} as const;

export type OptionName = keyof typeof OPTIONS_SCHEMA;
export type RawOptions = { readonly [Name in OptionName]: z.output<(typeof OPTIONS_SCHEMA)[Name]> };

export const SECRET_OPTIONS: ReadonlySet<string> = new Set([
  "auth_token",
  "auth_token_previous",
  "api_key_secret",
  "webhook_secret",
] satisfies OptionName[]);

/**
 * Whether a text has the form of a language code, such as `de` or `en-GB`. A code with more than three letters is
 * refused, because the user has then probably entered a name, such as `German`.
 */
function isLanguage(value: string): boolean {
  if (!/^[a-z]{2,3}(-|$)/i.test(value)) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
