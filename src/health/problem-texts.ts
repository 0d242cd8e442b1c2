import { errorText } from "../domain/error-text.ts";
import type { Notification } from "../domain/notification.ts";
import { errorOf } from "../domain/reported-error.ts";
import { utcTime } from "../domain/text/utc-time.ts";
import type { WebhookFailure } from "../setup/checks.ts";

export const SIGNATURES_NOTIFICATION_ID = "twilio_signatures";
export const UNREACHABLE_NOTIFICATION_ID = "twilio_unreachable";
export const RELAY_BUSY_NOTIFICATION_ID = "twilio_relay_busy";
export const ACCOUNT_WARNINGS_NOTIFICATION_ID = "twilio_hazards";

export const CREDENTIALS_REFUSED_NOTIFICATION: Notification = {
  id: "twilio_credentials",
  say: ({ notifications }) => notifications.credentials,
};

/**
 * The notification about wrong signatures.
 *
 * @param option the option that has the key of signatures
 * @param address the public address; null while it is not known
 */
export function signaturesNotification(option: string, address: string | null): Notification {
  return {
    id: SIGNATURES_NOTIFICATION_ID,
    say({ notifications: { signatures } }) {
      const expected = address === null ? signatures.addressUnknown : signatures.addressKnown(address);
      return { title: signatures.title, message: signatures.message(option, expected) };
    },
  };
}

/** The notification about a webhook that did not reach the app. */
export function unreachableNotification({ at, code, url }: WebhookFailure): Notification {
  return {
    id: UNREACHABLE_NOTIFICATION_ID,
    say({ language, errors, notifications: { unreachable } }) {
      const reason = errorText(errorOf(code), errors);
      return { title: unreachable.title, message: unreachable.message(url, utcTime(at, language), reason) };
    },
  };
}

/** The notification about many webhooks through the relay. `count`: webhooks since the day began, in UTC. */
export function relayBusyNotification(count: number): Notification {
  return {
    id: RELAY_BUSY_NOTIFICATION_ID,
    say: ({ notifications: { relayBusy } }) => ({
      title: relayBusy.title,
      message: relayBusy.message(count),
    }),
  };
}

/** The notification with one line for each account warning. */
export function accountWarningsNotification(lines: readonly string[]): Notification {
  return {
    id: ACCOUNT_WARNINGS_NOTIFICATION_ID,
    title: "Twilio: what your account cannot do yet",
    message: [
      "Some messages or calls of this account will fail:",
      "",
      ...lines.map((line) => `- ${line}`),
    ].join("\n"),
  };
}

export const TRIAL_WARNING =
  "This is a trial account, which only reaches numbers that you have verified (errors 21608 and 21219). Twilio may add a sentence of its own to texts and calls, and the trial ends after a while. Upgrade the account in Twilio's console.";

/** The account warning about a US number without an A2P 10DLC campaign. `hasBrand`: whether a brand is registered. */
export function unregisteredNumberWarning(number: string, hasBrand: boolean): string {
  const todo = hasBrand
    ? "Add it to the Messaging Service of an approved campaign"
    : "Register a brand and a campaign under Trust Hub, Registrations";
  return `${number} is in no approved A2P 10DLC campaign, so US networks block its messages (error 30034). ${todo} in Twilio's console, or send from a verified toll-free number.`;
}

/** The account warning about an unverified toll-free number. `status`: Twilio's; null if no verification was requested. */
export function tollFreeNumberWarning(number: string, status: string | null): string {
  const blocked = `so its messages to the US and Canada are blocked (error 30032)`;
  if (status === null)
    return `${number} is a toll-free number that is not verified, ${blocked}. Have it verified in Twilio's console.`;
  return status === "TWILIO_REJECTED"
    ? `${number} is a toll-free number whose verification Twilio rejected, ${blocked}. Twilio's console shows the reason.`
    : `${number} is a toll-free number whose verification is not finished, ${blocked} until it is approved.`;
}

/** The account warning about a country that calls cannot reach. `country`: its name. */
export function dialingPermissionWarning(country: string): string {
  return `Calls to ${country}, the country of one of your contacts, are not enabled (error 21215). To call there, enable the country in the voice geographic permissions of Twilio's console.`;
}
