import type RequestClient from "twilio/lib/base/RequestClient.js";
import type Twilio from "twilio/lib/rest/Twilio.js";

import { createHttpClient } from "./create-http-client.ts";
import type { HttpClient } from "./create-http-client.ts";

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

/** The account's part of the REST API. */
export interface TwilioApi {
  readonly account: Twilio["api"]["v2010"]["account"];
}

/** Twilio's API, loaded when it is first called for: its client takes 150 ms and 30 MB. */
export function createTwilioApi(
  account: TwilioAccount,
  httpClient: HttpClient = createHttpClient(),
): () => Promise<TwilioApi> {
  let loading: Promise<TwilioApi> | null = null;
  return () =>
    (loading ??= loadClient(account, httpClient).then((client) => ({ account: client.api.v2010.account })));
}

async function loadClient(account: TwilioAccount, httpClient: HttpClient): Promise<Twilio> {
  const { default: Client } = await import("twilio/lib/rest/Twilio.js");
  // Given empty rather than left out, or the client would look into the environment for them.
  const client = new Client(ANY_SID, account.password, {
    accountSid: ANY_SID,
    edge: account.edge ?? "",
    region: account.region ?? "",
    logLevel: "error",
    // Typed as Twilio's class with its private parts; only `request` is called.
    httpClient: httpClient as unknown as RequestClient,
  });
  // Set afterwards, because the constructor refuses the UUIDs of compatible providers.
  client.username = account.username;
  client.accountSid = account.accountSid;
  if (account.apiBaseUrl !== null) client.api.baseUrl = account.apiBaseUrl;
  return client;
}
