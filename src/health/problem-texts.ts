import { errorText } from "../domain/error-text.ts";
import type { Notification } from "../domain/notification.ts";
import { errorOf } from "../domain/reported-error.ts";
import { utcTime } from "../domain/text/utc-time.ts";
import type { WebhookFailure } from "../setup/checks.ts";

export const SIGNATURES_NOTIFICATION_ID = "twilio_signatures";
export const UNREACHABLE_NOTIFICATION_ID = "twilio_unreachable";
export const RELAY_BUSY_NOTIFICATION_ID = "twilio_relay_busy";

export const CREDENTIALS_NOTIFICATION_ID = "twilio_credentials";

/**
 * The notification about credentials that Twilio refuses. `path`: the page of the app's configuration; null without
 * Supervisor.
 */
export function credentialsRefusedNotification(path: string | null): Notification {
  return {
    id: CREDENTIALS_NOTIFICATION_ID,
    say({ notifications: { credentials, configuration } }) {
      return { title: credentials.title, message: credentials.message(configuration(path)) };
    },
  };
}

/**
 * The notification about webhooks with wrong signatures.
 *
 * @param option the option with the key that signs webhooks
 * @param address the app's public address; null while it is not known or not confirmed
 * @param path the page of the app's configuration; null without Supervisor
 */
export function signaturesNotification(
  option: string,
  address: string | null,
  path: string | null,
): Notification {
  return {
    id: SIGNATURES_NOTIFICATION_ID,
    say({ notifications: { signatures, configuration } }) {
      const expected = address === null ? signatures.addressUnknown : signatures.addressKnown(address);
      return { title: signatures.title, message: signatures.message(option, configuration(path), expected) };
    },
  };
}

/**
 * The notification about a webhook that Twilio could not deliver to the app. `path`: the page of the app's
 * configuration; null without Supervisor.
 */
export function unreachableNotification(
  { at, code, url }: WebhookFailure,
  path: string | null,
): Notification {
  return {
    id: UNREACHABLE_NOTIFICATION_ID,
    say({ language, errors, notifications: { unreachable, configuration } }) {
      const reason = errorText(errorOf(code), errors);
      const message = unreachable.message(url, utcTime(at, language), reason, configuration(path));
      return { title: unreachable.title, message };
    },
  };
}

/**
 * The notification about too many webhooks through the relay (the app's program at Twilio). `count`: the number that
 * they have exceeded since midnight UTC.
 */
export function relayBusyNotification(count: number): Notification {
  return {
    id: RELAY_BUSY_NOTIFICATION_ID,
    say: ({ notifications: { relayBusy } }) => ({
      title: relayBusy.title,
      message: relayBusy.message(count),
    }),
  };
}
