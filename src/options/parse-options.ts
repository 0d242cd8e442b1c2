import type * as z from "zod";

import { normalizeSender } from "../domain/address/normalize-sender.ts";
import { credentialProblems } from "./check-credentials.ts";
import { checkRegion } from "./check-region.ts";
import { OPTIONS_SCHEMA, SECRET_OPTIONS } from "./options-schema.ts";
import type { OptionName, RawOptions } from "./options-schema.ts";
import type { Options, Secrets } from "./options.ts";
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
    }
  | { readonly ok: false; readonly faults: readonly string[] };

const REQUIRED: ReadonlySet<string> = new Set(["account_sid", "auth_token"] satisfies OptionName[]);

/**
 * Checks all options and names every fault in a sentence. Only missing or malformed credentials stop the telephony; any
 * other faulty option is named in `warnings` and its default taken.
 */
export function parseOptions(raw: Readonly<Record<string, unknown>>): ParsedOptions {
  const warnings: string[] = unknownOptionNames(raw);
  const options = takeEach(raw, warnings);
  const faults = credentialProblems(options);
  if (faults.length > 0) return { ok: false, faults: [...faults, ...warnings] };

  const isTwilio = options.api_base_url === null;
  const notifiers = parseNotifiers(options.notifiers, isTwilio);
  const contacts = parseContacts(options.contacts);
  const region = checkRegion(options);
  const sender = checkSender(options.default_sender, isTwilio);
  warnings.push(...notifiers.warnings, ...contacts.warnings, ...region.warnings, ...sender.warnings);
  warnings.push(...hazardsIn(options));
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
  };
}

/** A sender of Twilio's, or none with a sentence that says what can be one; another provider's may be anything. */
function checkSender(
  sender: string | null,
  isTwilio: boolean,
): { readonly sender: string | null; readonly warnings: readonly string[] } {
  const problem = sender === null || !isTwilio ? null : senderProblem(sender);
  if (problem === null) return { sender: sender === null ? null : normalizeSender(sender), warnings: [] };
  return { sender: null, warnings: [`default_sender: ${problem}${describeValue(sender)}; it is ignored.`] };
}

/** What is taken as it is, but hardly meant. */
function hazardsIn({
  webhook_secret: webhookSecret,
  api_base_url: api,
  public_url: url,
}: RawOptions): string[] {
  const hazards: string[] = [];
  if (webhookSecret !== null && api === null) {
    hazards.push(
      "webhook_secret: it belongs to api_base_url, which is not set; Twilio signs with the auth token, so it is not used. Enter it only for another provider.",
    );
  }
  if (isOpenToAll(api)) {
    hazards.push(
      "api_base_url starts with http:, so that everybody on the way can read the credentials; use https.",
    );
  }
  if (url?.startsWith("http:") === true)
    hazards.push("public_url starts with http:, so that everybody on the way can read messages; use https.");
  if (url !== null && isAtHome(new URL(url).hostname)) {
    hazards.push(
      "public_url: Twilio cannot reach an address of the home network; enter the one under which the internet reaches the app.",
    );
  }
  return hazards;
}

/** Without TLS, and not on this machine. */
function isOpenToAll(url: string | null): boolean {
  return url !== null && /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(url);
}

/** A name or an address that means nothing outside. Source: RFC 1918, RFC 6762, RFC 4193. */
function isAtHome(host: string): boolean {
  return (
    /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
    /^\[(::1|f[cd]|fe80)/.test(host) ||
    /(^localhost|\.(local|lan|home\.arpa|internal))$/.test(host) ||
    /^[^.[]+$/.test(host)
  );
}

function takeEach(raw: Readonly<Record<string, unknown>>, warnings: string[]): RawOptions {
  const taken = Object.entries(OPTIONS_SCHEMA).map(([name, schema]) => {
    const found = schema.safeParse(raw[name] ?? undefined);
    if (found.success) return [name, found.data];
    const otherwise = schema.parse(undefined);
    // What is no text at all counts as missing, which stops the app with a sentence of its own.
    if (!REQUIRED.has(name)) {
      const end = otherwise === null ? "it is ignored" : "the default is used";
      warnings.push(`${name}: ${sentence(found.error, raw[name], SECRET_OPTIONS.has(name))}; ${end}.`);
    }
    return [name, otherwise];
  });
  return Object.fromEntries(taken) as RawOptions;
}

function sentence(error: z.ZodError, value: unknown, isSecret: boolean): string {
  const problems = error.issues.map(({ path, message }) => {
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
    limits: { messagesPerDay: raw.limits.messages_per_day, callsPerDay: raw.limits.calls_per_day },
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
