import type { Notification } from "../domain/notification.ts";
import { errorOf } from "../domain/reported-error.ts";
import type { WebhookFailure } from "../setup/checks.ts";

export const SIGNATURES_NOTIFICATION_ID = "twilio_signatures";
export const UNREACHABLE_NOTIFICATION_ID = "twilio_unreachable";
export const RELAY_BUSY_NOTIFICATION_ID = "twilio_relay_busy";
export const ACCOUNT_WARNINGS_NOTIFICATION_ID = "twilio_hazards";

export const CREDENTIALS_REFUSED_NOTIFICATION: Notification = {
  id: "twilio_credentials",
  title: "Twilio: the credentials are refused",
  message:
    "Twilio refuses the app's credentials (error 20003), so no message can be sent and no call can be made. Check account_sid and auth_token in the app's options, or api_key_sid and api_key_secret if you use an API key. The token may have been rotated, the key deleted or restricted, or the account suspended.",
};

/**
 * The notification about wrong signatures.
 *
 * @param option the option that has the key of signatures
 * @param address the public address; null while it is not known
 */
export function signaturesNotification(option: string, address: string | null): Notification {
  const expected =
    address === null
      ? "The app does not know that address yet and uses the Host header instead. A proxy may change this header or remove its port. Enter public_url, or let the proxy pass Host unchanged (in NGINX: proxy_set_header Host $http_host)."
      : `The app expects ${address}/webhook, because public_url is ${address} or the app has learnt that address. If it has learnt a wrong one, press “Forget this address” on the app's page or enter public_url.`;
  return {
    id: SIGNATURES_NOTIFICATION_ID,
    title: "Twilio: webhooks are refused",
    message: `Several webhooks for your account were refused because their signature is wrong, so calls and messages do not reach Home Assistant. There are two likely causes. Either ${option} in the app's options is wrong (it belongs to another account, or it was rotated: then auth_token_previous helps for a while). Or the address in Twilio's console is not exactly the one that the app expects. ${expected}`,
  };
}

/** The notification about a webhook that did not reach the app. */
export function unreachableNotification({ at, code, url }: WebhookFailure): Notification {
  return {
    id: UNREACHABLE_NOTIFICATION_ID,
    title: "Twilio: the app cannot be reached",
    message: `Twilio could not get a webhook through to ${url}, last on ${new Date(at).toUTCString()}. ${errorOf(code).message} Until this is solved, calls and messages do not reach Home Assistant. If the app was only stopped at that time, there is nothing to do: the next webhook that arrives removes this notification.`,
  };
}

/** The notification about many webhooks through the relay. `count`: webhooks since the day began, in UTC. */
export function relayBusyNotification(count: number): Notification {
  return {
    id: RELAY_BUSY_NOTIFICATION_ID,
    title: "Twilio: the webhook relay is busier than usual",
    message: `The webhook relay has brought more than ${count} requests today, and Twilio charges for each. Look at the app's Activity page: an automation may hold or send calls and messages in a loop. The option relay: per_day sets when this notification appears.`,
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
