import * as z from "zod";

import { LOG_LEVELS } from "../domain/logger.ts";
import { apiBaseUrl } from "./api-base-url.ts";
import { publicUrl } from "./public-url.ts";

/** A YAML number is a fine phone number, and Supervisor hands it on as one. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().trim().min(1, "it is empty"));
/** Supervisor writes an optional text that was cleared as an empty one. */
const optionalText = z
  .union([z.string(), z.number().transform(String), z.null()])
  .transform((value) => value?.trim() || null)
  .default(null);
const count = z.number().int("it must be a whole number").min(0, "it must not be negative");

export const notifierSchema = z.object({
  name: text,
  type: z.enum(["sms", "call"]),
  from_number: text,
  beside_core: z.boolean().default(false),
});

export const contactSchema = z.object({ name: text, number: text });

/** Every option as the user writes it. `config.yaml` and the translations name the same; a test keeps them equal. */
export const OPTIONS_SCHEMA = {
  account_sid: optionalText,
  auth_token: optionalText,
  auth_token_previous: optionalText,
  api_key_sid: optionalText,
  api_key_secret: optionalText,
  public_url: optionalText.transform((value, context) => {
    if (value === null) return null;
    const checked = publicUrl(value);
    if (checked.ok) return checked.url;
    context.addIssue(checked.problem);
    return z.NEVER;
  }),
  default_sender: optionalText,
  notifiers: z.array(z.unknown()).default([]),
  contacts: z.array(z.unknown()).default([]),
  incoming_calls: z
    .object({
      wait_seconds: z
        .number()
        .min(0, "wait_seconds must be 0 to 10")
        .max(10, "wait_seconds must be 0 to 10")
        .default(3),
      otherwise: z.enum(["reject", "hang_up", "say"]).default("reject"),
      say: optionalText,
    })
    .refine(({ otherwise, say }) => otherwise !== "say" || say !== null, "otherwise: say needs a text in say")
    .prefault({}),
  incoming_messages: z.object({ strangers: z.enum(["report", "ignore"]).default("report") }).prefault({}),
  language: optionalText.refine(
    (value) => value === null || isLanguage(value),
    "enter a language such as de or en-GB",
  ),
  limits: z.object({ messages_per_day: count.default(250), calls_per_day: count.default(50) }).prefault({}),
  install_scripts: z.boolean().default(true),
  history_days: z.number().int("it must be a whole number").min(1, "it must be at least 1").default(30),
  log_level: z.enum(LOG_LEVELS).default("info"),
  api_base_url: optionalText.transform((value, context) => {
    if (value === null) return null;
    const checked = apiBaseUrl(value);
    if (checked.ok) return checked.url;
    context.addIssue(checked.problem);
    return z.NEVER;
  }),
  webhook_secret: optionalText,
  region: optionalText,
  edge: optionalText,
} as const;

export type OptionName = keyof typeof OPTIONS_SCHEMA;
export type RawOptions = { readonly [Name in OptionName]: z.output<(typeof OPTIONS_SCHEMA)[Name]> };

export const SECRET_OPTIONS: ReadonlySet<string> = new Set([
  "auth_token",
  "auth_token_previous",
  "api_key_secret",
  "webhook_secret",
] satisfies OptionName[]);

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
