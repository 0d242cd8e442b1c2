import type { ShownOptions } from "../health/shown-options.ts";
import type { Options, Secrets } from "./options.ts";

/**
 * Returns the options as diagnostics show them. The function lists each option by name. So diagnostics show a new
 * option only after somebody has added it here.
 */
export function showOptions(options: Options, secrets: Secrets): ShownOptions {
  const { notifiers, incomingCalls, limits, relay } = options;
  const ofType = (type: "sms" | "call"): number =>
    notifiers.filter((notifier) => notifier.type === type).length;
  return {
    auth_token_previous_set: secrets.authTokenPrevious !== null,
    api_key_set: options.apiKeySid !== null && secrets.apiKeySecret !== null,
    webhook_secret_set: secrets.webhookSecret !== null,
    public_url_set: options.publicUrl !== null,
    default_sender: options.defaultSender === null ? null : senderKind(options.defaultSender),
    notifiers_sms: ofType("sms"),
    notifiers_call: ofType("call"),
    notifiers_beside_core: notifiers.filter(({ besideCore }) => besideCore).length,
    contacts: options.contacts.length,
    incoming_calls_wait_seconds: incomingCalls.waitSeconds,
    // oxlint-disable-next-line house/plain-words -- the option `incoming_calls_otherwise` has this name
    incoming_calls_otherwise: incomingCalls.otherwise.kind,
    incoming_messages_strangers: options.reportStrangers ? "report" : "ignore",
    language: options.language,
    limits_messages_per_day: limits.messagesPerDay,
    limits_calls_per_day: limits.callsPerDay,
    limits_alarm_tries_per_day: limits.alarmTriesPerDay,
    alarms_whatsapp_template_set: options.alarms.whatsappTemplate !== null,
    relay_per_day: relay.perDay,
    install_scripts: options.installScripts,
    history_days: options.historyDays,
    log_level: options.logLevel,
    api_base_url_set: options.apiBaseUrl !== null,
    region: options.region,
    edge: options.edge,
  };
}

function senderKind(sender: string): string {
  if (/^whatsapp:/i.test(sender)) return "whatsapp";
  if (/^[a-z]+:/i.test(sender)) return "channel";
  if (/^MG[0-9a-f]{32}$/i.test(sender)) return "messaging_service";
  return /^\+?[\d\s().-]+$/.test(sender) ? "number" : "sender_id";
}
