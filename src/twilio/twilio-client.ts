import type Twilio from "twilio/lib/rest/Twilio.js";

export interface TwilioAccount {
  /** `AC…`, or what a compatible provider gives, such as a UUID. */
  readonly accountSid: string;
  /** The account's SID with the auth token, or an API key's SID with its secret. */
  readonly username: string;
  readonly password: string;
  /** What stands before `/2010-04-01/Accounts/…`; null for Twilio itself. */
  readonly apiBaseUrl: string | null;
  readonly region: string | null;
  readonly edge: string | null;
}

const ANY_SID = `AC${"0".repeat(32)}`;

/** Loads Twilio's official client. Done when it is first needed: it takes 150 ms and 30 MB. */
export async function loadTwilioClient(account: TwilioAccount): Promise<Twilio> {
  const { default: Client } = await import("twilio/lib/rest/Twilio.js");
  // Given empty rather than left out, or the client would look into the environment for them.
  const client = new Client(ANY_SID, account.password, {
    accountSid: ANY_SID,
    edge: account.edge ?? "",
    region: account.region ?? "",
    logLevel: "error",
  });
  // Set afterwards, because the constructor refuses the UUIDs of compatible providers.
  client.username = account.username;
  client.accountSid = account.accountSid;
  if (account.apiBaseUrl !== null) client.api.baseUrl = account.apiBaseUrl;
  return client;
}
