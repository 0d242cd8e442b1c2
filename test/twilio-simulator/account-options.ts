import type { TwilioSimulator } from "./start-twilio-simulator.ts";

/** The app's options with which it uses the simulator as Twilio. */
export function accountOptions({
  accountSid,
  authToken,
  url,
}: Pick<TwilioSimulator, "accountSid" | "authToken" | "url">) {
  return { account_sid: accountSid, auth_token: authToken, api_base_url: url };
}
