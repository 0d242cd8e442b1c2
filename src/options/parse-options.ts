import type * as z from "zod";

import { checkCredentials } from "./check-credentials.ts";
import { checkRegion } from "./check-region.ts";
import { OPTIONS_SCHEMA, SECRET_OPTIONS } from "./options-schema.ts";
import type { OptionName, RawOptions } from "./options-schema.ts";
import type { Options, Secrets } from "./options.ts";
import { parseContacts, parseNotifiers } from "./parse-lists.ts";
import { Secret } from "./secret.ts";

export type ParsedOptions =
  | {
      readonly ok: true;
      readonly options: Options;
      readonly secrets: Secrets;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Checks all options and names every fault in a sentence. Only missing or malformed credentials stop the telephony; any
 * other faulty option is named in `warnings` and its default taken.
 */
export function parseOptions(raw: Readonly<Record<string, unknown>>): ParsedOptions {
  const warnings: string[] = unknownOptions(raw);
  const options = takeEach(raw, warnings);
  const faults = checkCredentials(options);
  if (faults.length > 0) return { ok: false, faults: [...faults, ...warnings] };

  const notifiers = parseNotifiers(options.notifiers);
  const contacts = parseContacts(options.contacts);
  warnings.push(...notifiers.warnings, ...contacts.warnings);
  const region = checkRegion(options);
  warnings.push(...region.warnings);
  if (options.webhook_secret !== null && options.api_base_url === null) {
    warnings.push(
      "webhook_secret: it belongs to api_base_url, which is not set; Twilio signs with the auth token, so it is not used.",
    );
  }
  if (isOpenToAll(options.api_base_url)) {
    warnings.push(
      "api_base_url starts with http:, so that everybody on the way can read the credentials; use https.",
    );
  }
  if (options.public_url?.startsWith("http:") === true) {
    warnings.push("public_url starts with http:, so that everybody on the way can read messages; use https.");
  }
  return {
    ok: true,
    options: { ...build(options, notifiers.items, contacts.items), region: region.region, edge: region.edge },
    secrets: secretsIn(options),
    warnings,
  };
}

/** Without TLS, and not on this machine. */
function isOpenToAll(url: string | null): boolean {
  return url !== null && /^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(url);
}

function unknownOptions(raw: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(raw)
    .filter((name) => !Object.hasOwn(OPTIONS_SCHEMA, name))
    .map((name) => `${name}: there is no such option; it is ignored.`);
}

function takeEach(raw: Readonly<Record<string, unknown>>, warnings: string[]): RawOptions {
  const taken = Object.entries(OPTIONS_SCHEMA).map(([name, schema]) => {
    const found = schema.safeParse(raw[name] ?? undefined);
    if (found.success) return [name, found.data];
    warnings.push(
      `${name}: ${sentence(found.error, raw[name], SECRET_OPTIONS.has(name))}; the default is used.`,
    );
    return [name, schema.parse(undefined)];
  });
  return Object.fromEntries(taken) as RawOptions;
}

function sentence(error: z.ZodError, value: unknown, isSecret: boolean): string {
  const problems = error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  const found = isSecret || typeof value === "object" ? "" : ` (found ${JSON.stringify(value)})`;
  return `${problems.join("; ")}${found}`;
}

function build(
  raw: RawOptions,
  notifiers: Options["notifiers"],
  contacts: Options["contacts"],
): Omit<Options, "region" | "edge"> {
  const { otherwise, say, wait_seconds: waitSeconds } = raw.incoming_calls;
  return {
    accountSid: raw.account_sid ?? "",
    apiKeySid: raw.api_key_sid,
    publicUrl: raw.public_url,
    defaultSender: raw.default_sender,
    notifiers,
    contacts,
    incomingCalls: {
      waitSeconds,
      otherwise: otherwise === "say" ? { kind: "say", text: say ?? "" } : { kind: otherwise },
    },
    reportStrangers: raw.incoming_messages.strangers === "report",
    language: raw.language,
    limits: { messagesPerDay: raw.limits.messages_per_day, callsPerDay: raw.limits.calls_per_day },
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
