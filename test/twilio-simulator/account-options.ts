import type { TwilioSimulator } from "./start-twilio-simulator.ts";

/** The app's options that make the simulator its Twilio. */
export function accountOptions({
  accountSid,
  authToken,
  url,
}: Pick<TwilioSimulator, "accountSid" | "authToken" | "url">) {
  return { account_sid: accountSid, auth_token: authToken, api_base_url: url };
}
