import { parseOptions } from "../../src/options/parse-options.ts";
import { APP_CONFIG, fieldsOf } from "../packaging/app-config.ts";
import { CREDENTIALS, SID, TOKEN } from "./parsed.ts";

/** A valid value for each option and field, with the other options that it requires. */
export const GOOD: Readonly<Record<string, unknown>> = {
  account_sid: SID,
  auth_token: TOKEN,
  auth_token_previous: "e".repeat(32),
  api_key_sid: `SK${"0".repeat(32)}`,
  api_key_secret: "Aa0".repeat(10),
  public_url: "https://home.example",
  "contacts.name": "Alice",
  "contacts.number": "+12125550123",
  "contacts.push": "mobile_app_alice",
  "contacts.pin": "4711",
  default_sender: "+15005550006",
  "incoming_calls.wait_seconds": 3,
  "incoming_calls.otherwise": "say",
  "incoming_calls.say": "Nobody is home.",
  "incoming_messages.strangers": "ignore",
  language: "de",
  "limits.messages_per_day": 250,
  "limits.calls_per_day": 50,
  "limits.alarm_tries_per_day": 200,
  "alarms.whatsapp_template": `HX${"0".repeat(32)}`,
  "notifiers.name": "twilio_sms",
  "notifiers.type": "sms",
  "notifiers.from_number": "+15005550006",
  "notifiers.beside_core": true,
  "notifiers.targets": "+12125550123, Alice",
  "relay.per_day": 5000,
  install_scripts: true,
  history_days: 30,
  log_level: "info",
  api_base_url: "https://space.example/api",
  webhook_secret: "PSK_1",
  region: "ie1",
  edge: "dublin",
};
export const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  api_key_sid: ["api_key_secret"],
  api_key_secret: ["api_key_sid"],
  webhook_secret: ["api_base_url"],
  region: ["edge"],
  edge: ["region"],
};

/** All options and fields, such as `contacts.name`. */
export const FIELDS = Object.keys(APP_CONFIG.schema).flatMap((option) => {
  const fields = fieldsOf(option);
  return fields.length === 0 ? [option] : fields.map((field) => `${option}.${field}`);
});

/** The type of an option or field in config.yaml. */
export function typeOf(path: string): string {
  const [option = "", field] = path.split(".");
  const type = [APP_CONFIG.schema[option]].flat()[0] ?? "";
  return typeof type === "string" ? type : (type[field ?? ""] ?? "");
}

/** All options with valid values, except for the option at `path`. The value `undefined` removes it. */
export function optionsWith(path: string, value: unknown): Record<string, unknown> {
  const [option = "", field] = path.split(".");
  const companions = (COMPANIONS[path] ?? []).map((name) => [name, GOOD[name]]);
  if (field === undefined) return { ...CREDENTIALS, ...Object.fromEntries(companions), [option]: value };
  const siblings = fieldsOf(option).map((name) => [name, GOOD[`${option}.${name}`]]);
  const group = { ...Object.fromEntries(siblings), [field]: value };
  return { ...CREDENTIALS, [option]: Array.isArray(APP_CONFIG.schema[option]) ? [group] : group };
}

/** All faults and warnings if only the option at `path` has the value `value`, and all others are valid. */
export function sentencesFor(path: string, value: unknown): readonly string[] {
  const result = parseOptions(
    JSON.parse(JSON.stringify(optionsWith(path, value))) as Record<string, unknown>,
  );
  return result.ok ? result.warnings : result.faults;
}

/**
 * Null if there is exactly one sentence, which names the option, its field and what to enter. Otherwise, all
 * sentences.
 */
export function unclear(path: string, value: unknown): string | null {
  const sentences = sentencesFor(path, value);
  const [option = "", field = ""] = path.split(".");
  const [sentence = ""] = sentences;
  const isClear =
    sentences.length === 1 &&
    new RegExp(String.raw`^(region and )?${option}\b.*${field}.*\b(enter|needs)\b.*\.$`).test(sentence) &&
    !/Invalid|expected|received|undefined|\[object/.test(sentence);
  return isClear ? null : `${JSON.stringify(value)}: ${JSON.stringify(sentences)}`;
}
