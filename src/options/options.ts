import type { UnansweredCall } from "../calls/ports.ts";
import type { Contact } from "../contacts/contact.ts";
import type { LogLevel } from "../domain/log/logger.ts";
import type { Notifier } from "../outbound/notify/notify-call.ts";
import type { Secret } from "./secret.ts";

/** All options without the secret ones, checked and with their defaults. */
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
  /**
   * The options about alarms. `whatsappTemplate`: the SID of the content template for WhatsApp; null to send free text.
   */
  readonly alarms: { readonly whatsappTemplate: string | null };
  /**
   * The options about the webhook relay. If it brings more webhooks than `perDay` in one day, a notification says so.
   */
  readonly relay: { readonly perDay: number };
  readonly installScripts: boolean;
  readonly historyDays: number;
  readonly logLevel: LogLevel;
  readonly apiBaseUrl: string | null;
  readonly region: string | null;
  readonly edge: string | null;
}

/** The secret options. They have their own type, so that code that logs `Options` cannot log them. */
export interface Secrets {
  readonly authToken: Secret;
  readonly authTokenPrevious: Secret | null;
  readonly apiKeySecret: Secret | null;
  readonly webhookSecret: Secret | null;
}
