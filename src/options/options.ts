import type { UnansweredCall } from "../calls/ports.ts";
import type { Contact } from "../contacts/contact.ts";
import type { LogLevel } from "../domain/log/logger.ts";
import type { Notifier } from "../outbound/notify/notify-call.ts";
import type { Secret } from "./secret.ts";

/** The options, complete and checked, without secrets. */
export interface Options {
  readonly accountSid: string;
  readonly apiKeySid: string | null;
  readonly publicUrl: string | null;
  readonly defaultSender: string | null;
  readonly notifiers: readonly Notifier[];
  readonly contacts: readonly Contact[];
  readonly incomingCalls: {
    readonly waitSeconds: number;
    readonly otherwise: UnansweredCall;
  };
  readonly reportStrangers: boolean;
  readonly language: string | null;
  readonly limits: {
    readonly messagesPerDay: number;
    readonly callsPerDay: number;
    readonly alarmTriesPerDay: number;
  };
  /** `whatsappTemplate`: the content template for alarms by WhatsApp; null for free text. */
  readonly alarms: { readonly whatsappTemplate: string | null };
  /** `perDay`: if the webhook relay brings more webhooks than this in one day, a notification reports it. */
  readonly relay: { readonly perDay: number };
  readonly installScripts: boolean;
  readonly historyDays: number;
  readonly logLevel: LogLevel;
  readonly apiBaseUrl: string | null;
  readonly region: string | null;
  readonly edge: string | null;
}

/** The secret options. A separate type, so that code that logs the options cannot log secrets. */
export interface Secrets {
  readonly authToken: Secret;
  readonly authTokenPrevious: Secret | null;
  readonly apiKeySecret: Secret | null;
  readonly webhookSecret: Secret | null;
}
