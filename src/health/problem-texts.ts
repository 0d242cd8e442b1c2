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
    "Twilio refuses the app's credentials (error 20003), so that no message and no call goes out. Check account_sid and auth_token in the app's options, or api_key_sid and api_key_secret where you use an API key: the token may have been rotated, the key deleted or restricted, or the account suspended.",
};

/** `address` is null while it is not known. */
export function signaturesNotification(option: string, address: string | null): Notification {
  const expected =
    address === null
      ? "The app does not know that address yet and goes by the Host that it is reached with. A proxy may change it or leave its port out: enter it as public_url, or have the proxy pass Host on unchanged (in NGINX: proxy_set_header Host $http_host)."
      : `The app expects ${address}/webhook, because public_url is ${address} or the app has learnt that address. If it has learnt a wrong one, press “Forget this address” on the app's page or enter public_url.`;
  return {
    id: SIGNATURES_NOTIFICATION_ID,
    title: "Twilio: webhooks are refused",
    message: `Several webhooks in the name of your account were refused, because their signature is wrong; calls and messages do not reach Home Assistant. There are two likely causes. Either ${option} in the app's options is not the account's (it belongs to another account, or it was rotated: then auth_token_previous helps for a while). Or the address in Twilio's console is not exactly the one that the app expects. ${expected}`,
  };
}

export function unreachableNotification({ at, code, url }: WebhookFailure): Notification {
  return {
    id: UNREACHABLE_NOTIFICATION_ID,
    title: "Twilio: the app cannot be reached",
    message: `Twilio could not get a webhook through to ${url}, last on ${new Date(at).toUTCString()}. ${errorOf(code).message} Until this is mended, calls and messages do not reach Home Assistant. If the app only was not running at that time, there is nothing to do: this goes away with the next webhook that comes through.`,
  };
}

/** `count`: requests since the day began, in UTC. */
export function relayBusyNotification(count: number): Notification {
  return {
    id: RELAY_BUSY_NOTIFICATION_ID,
    title: "Twilio: the webhook relay is busier than usual",
    message: `The webhook relay has brought more than ${count} requests today, and Twilio charges for each. Look at the app's Activity page: an automation may hold or send calls and messages in a loop. The option relay: per_day sets when this notification appears.`,
  };
}

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

/** What will not work in an account, said before somebody relies on it. */

export const TRIAL_WARNING =
  "This is a trial account: it only reaches numbers that you have verified (errors 21608 and 21219), Twilio may put a sentence of its own before texts and calls, and it ends after a while. Upgrade it in Twilio's console.";

export function unregisteredNumberWarning(number: string, hasBrand: boolean): string {
  const todo = hasBrand
    ? "Add it to the Messaging Service of an approved campaign"
    : "Register a brand and a campaign under Trust Hub, Registrations";
  return `${number} is in no approved A2P 10DLC campaign, so that US networks block its messages (error 30034). ${todo} in Twilio's console, or send from a verified toll-free number.`;
}

/** `status` is Twilio's word; null where verification was never asked for. */
export function tollFreeNumberWarning(number: string, status: string | null): string {
  const blocked = `so that its messages to the US and Canada are blocked (error 30032)`;
  if (status === null)
    return `${number} is a toll-free number that is not verified, ${blocked}. Have it verified in Twilio's console.`;
  return status === "TWILIO_REJECTED"
    ? `${number} is a toll-free number whose verification Twilio rejected, ${blocked}. Twilio's console says why.`
    : `${number} is a toll-free number whose verification is still going on, ${blocked} until it is approved.`;
}

export function dialingPermissionWarning(country: string): string {
  return `Calls to ${country}, where a contact of yours is, are not enabled (error 21215). If you want to call there, enable the country among the voice geographic permissions in Twilio's console.`;
}
