import { errorOf } from "../domain/twilio-error.ts";
import type { Notification } from "./report-failures.ts";

/** Twilio's own record of a webhook that did not get through. */
export interface WebhookFailure {
  readonly at: number;
  readonly code: string;
  /** Without its query. */
  readonly url: string;
}

export const SIGNATURES_REFUSED = "twilio_signatures";
export const UNREACHABLE = "twilio_unreachable";
export const HAZARDS = "twilio_hazards";

export const CREDENTIALS_REFUSED: Notification = {
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
    id: SIGNATURES_REFUSED,
    title: "Twilio: webhooks are refused",
    message: `Several webhooks in the name of your account were refused, because their signature is wrong; calls and messages do not reach Home Assistant. There are two likely causes. Either ${option} in the app's options is not the account's (it belongs to another account, or it was rotated: then auth_token_previous helps for a while). Or the address in Twilio's console is not exactly the one that the app expects. ${expected}`,
  };
}

export function unreachableNotification({ at, code, url }: WebhookFailure): Notification {
  return {
    id: UNREACHABLE,
    title: "Twilio: the app cannot be reached",
    message: `Twilio could not get a webhook through to ${url}, last on ${new Date(at).toUTCString()}. ${errorOf(code).message} Until this is mended, calls and messages do not reach Home Assistant. If the app only was not running at that time, there is nothing to do: this goes away with the next webhook that comes through.`,
  };
}

export function hazardsNotification(lines: readonly string[]): Notification {
  return {
    id: HAZARDS,
    title: "Twilio: what your account cannot do yet",
    message: [
      "Some messages or calls of this account will fail:",
      "",
      ...lines.map((line) => `- ${line}`),
    ].join("\n"),
  };
}
