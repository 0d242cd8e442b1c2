import { isLocalHost } from "../domain/address/local-host.ts";
import { normalizeSender } from "../domain/address/normalize-sender.ts";
import { credentialProblems } from "./check-credentials.ts";
import { checkRegion } from "./check-region.ts";
import { OPTIONS_SCHEMA, SECRET_OPTIONS } from "./options-schema.ts";
import type { OptionName, RawOptions } from "./options-schema.ts";
import type { Options, Secrets } from "./options.ts";
import { parseFields } from "./parse-fields.ts";
import type { FieldIssue } from "./parse-fields.ts";
import { parseContacts, parseNotifiers } from "./parse-lists.ts";
import { Secret } from "./secret.ts";
import { senderProblem } from "./sender-problem.ts";
import { describeValue } from "./text.ts";
import { unknownOptionNames } from "./unknown-names.ts";

export type ParsedOptions =
  | {
      readonly ok: true;
      readonly options: Options;
      readonly secrets: Secrets;
      readonly warnings: readonly string[];
      /**
       * The options that the app does not use, or not completely, as the user entered them. `warnings` has a sentence
       * about each.
       */
      readonly refused: readonly OptionName[];
    }
  | { readonly ok: false; readonly faults: readonly string[] };

const REQUIRED: ReadonlySet<string> = new Set(["account_sid", "auth_token"] satisfies OptionName[]);

/**
 * Checks the options. If credentials are missing or malformed, the app does not start, and only `faults` is returned.
 * Otherwise, a faulty option gets its default. In an option with fields, only the faulty fields get their defaults.
 * An entry of `notifiers` or `contacts` is left out if a required field is faulty. `warnings` has a sentence about each
 * fault.
 */
export function parseOptions(raw: Readonly<Record<string, unknown>>): ParsedOptions {
  const warnings: string[] = unknownOptionNames(raw);
  const refused: OptionName[] = [];
  const options = readEach(raw, warnings, refused);
  const faults = credentialProblems(options);
  if (faults.length > 0) return { ok: false, faults: [...faults, ...warnings] };

  const isTwilio = options.api_base_url === null;
  const notifiers = parseNotifiers(options.notifiers, isTwilio);
  const contacts = parseContacts(options.contacts);
  const region = checkRegion(options);
  const sender = checkSender(options.default_sender, isTwilio);
  const checked = { notifiers, contacts, region, default_sender: sender };
  for (const [name, { warnings: problems }] of Object.entries(checked)) {
    warnings.push(...problems);
    if (problems.length > 0) refused.push(name as keyof typeof checked);
  }
  warnings.push(...riskWarnings(options));
  return {
    ok: true,
    options: {
      ...build(options, notifiers.items, contacts.items),
      defaultSender: sender.sender,
      region: region.region,
      edge: region.edge,
    },
    secrets: secretsIn(options),
    warnings,
    refused,
  };
}

/**
 * Returns the sender if its form is valid at Twilio; else null, and `warnings` gets a sentence. Other providers may
 * accept any sender.
 */
function checkSender(
  sender: string | null,
  isTwilio: boolean,
): { readonly sender: string | null; readonly warnings: readonly string[] } {
  const problem = sender === null || !isTwilio ? null : senderProblem(sender);
  if (problem === null) return { sender: sender === null ? null : normalizeSender(sender), warnings: [] };
  return { sender: null, warnings: [`default_sender: ${problem}${describeValue(sender)}; it is ignored.`] };
}

/** Warnings about values that are valid, but probably a mistake. */
function riskWarnings({
  webhook_secret: webhookSecret,
  api_base_url: api,
  public_url: url,
}: RawOptions): string[] {
  const warnings: string[] = [];
  if (webhookSecret !== null && api === null) {
    warnings.push(
      "webhook_secret: it is not used, because api_base_url is not set and Twilio signs with the auth token. Enter it only for another provider.",
    );
  }
  if (isUnencrypted(api)) {
    warnings.push(
      "api_base_url starts with http:, so the credentials are sent without encryption; use https.",
    );
  }
  if (url?.startsWith("http:") === true)
    warnings.push("public_url starts with http:, so messages are sent without encryption; use https.");
  if (url !== null && isLocalHost(new URL(url).hostname)) {
    warnings.push(
      "public_url: Twilio cannot reach an IP address of the home network; enter the app's address on the internet.",
    );
  }
  return warnings;
}

/** Whether the app would send data without encryption (TLS) to a host other than this machine. */
function isUnencrypted(url: string | null): boolean {
  return url !== null && /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(url);
}

/**
 * Returns the value of each option, or its default if the value is faulty. In an option with fields, only the faulty
 * fields get their defaults. The fault is added to `warnings`, and the option's name to `refused`, except for the
 * credentials in `REQUIRED`.
 */
function readEach(
  raw: Readonly<Record<string, unknown>>,
  warnings: string[],
  refused: OptionName[],
): RawOptions {
  const taken = Object.entries(OPTIONS_SCHEMA).map(([name, schema]) => {
    const found = parseFields(schema, raw[name] ?? undefined);
    if (found.ok && found.issues.length === 0) return [name, found.data];
    const defaultValue = schema.parse(undefined);
    // A required credential that is no text counts as missing. `credentialProblems` then reports it as a fault.
    if (!REQUIRED.has(name)) {
      const end = defaultValue === null ? "it is ignored" : "the default is used";
      refused.push(name as OptionName);
      warnings.push(`${name}: ${sentence(found.issues, raw[name], SECRET_OPTIONS.has(name))}; ${end}.`);
    }
    return [name, found.ok ? found.data : defaultValue];
  });
  return Object.fromEntries(taken) as RawOptions;
}

function sentence(issues: readonly FieldIssue[], value: unknown, isSecret: boolean): string {
  const problems = issues.map(({ path, message }) => {
    const found = isSecret ? "" : describeValue(path.reduce<unknown>(valueAt, value));
    return path.length > 0 ? `${path.join(".")}: ${message}${found}` : `${message}${found}`;
  });
  return problems.join("; ");
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function build(
  raw: RawOptions,
  notifiers: Options["notifiers"],
  contacts: Options["contacts"],
): Omit<Options, "defaultSender" | "region" | "edge"> {
  const { otherwise, say, wait_seconds: waitSeconds } = raw.incoming_calls;
  return {
    accountSid: raw.account_sid ?? "",
    apiKeySid: raw.api_key_sid,
    publicUrl: raw.public_url,
    notifiers,
    contacts,
    incomingCalls: {
      waitSeconds,
      otherwise: otherwise === "say" ? { kind: "say", text: say ?? "" } : { kind: otherwise },
    },
    reportStrangers: raw.incoming_messages.strangers === "report",
    language: raw.language,
    limits: {
      messagesPerDay: raw.limits.messages_per_day,
      callsPerDay: raw.limits.calls_per_day,
      alarmTriesPerDay: raw.limits.alarm_tries_per_day,
    },
    alarms: { whatsappTemplate: raw.alarms.whatsapp_template },
    relay: { perDay: raw.relay.per_day },
    installScripts: raw.install_scripts,
    historyDays: raw.history_days,
    logLevel: raw.log_level,
    apiBaseUrl: raw.api_base_url,
  };
}

function secretsIn(raw: RawOptions): Secrets {
  const secret = (name: OptionName): Secret | null => {
    const value = raw[name];
    return typeof value === "string" ? new Secret(value) : null;
  };
  return {
    authToken: new Secret(raw.auth_token ?? ""),
    authTokenPrevious: secret("auth_token_previous"),
    apiKeySecret: secret("api_key_secret"),
    webhookSecret: raw.api_base_url === null ? null : secret("webhook_secret"),
  };
}
