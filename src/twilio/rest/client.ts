import type RequestClient from "twilio/lib/base/RequestClient.js";
import type Twilio from "twilio/lib/rest/Twilio.js";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { HttpClient } from "./http-client.ts";

/** Credentials and base URLs for the REST API and the files of an account. */
export interface AccountCredentials {
  /** `AC…`, or the id of a compatible provider, such as a UUID. */
  readonly accountSid: string;
  /** The account's SID with the auth token, or the API key's SID with the key's secret. */
  readonly username: string;
  readonly password: string;
  /** The part of the API's URL before `/2010-04-01/Accounts/…`; null for Twilio itself. */
  readonly apiBaseUrl: string | null;
  /**
   * Twilio's region and edge are both set or both null, because Twilio has no host name for a region without an edge
   * any more.
   */
  readonly region: string | null;
  readonly edge: string | null;
  /** The URL that replaces all hosts of Twilio in tests. */
  readonly standIn?: string | undefined;
}

const ANY_SID = `AC${"0".repeat(32)}`;

/** Further hosts of Twilio. The client loads each when it is first used. */
export type RestHosts = Pick<Twilio, "messaging" | "monitor" | "serverless" | "voice">;

/** The account's part of the REST API. */
export interface TwilioApi {
  readonly account: Twilio["api"]["v2010"]["account"];
  /** Null for a compatible provider, which has no further hosts. */
  readonly rest: RestHosts | null;
}

/** Returns a function that loads Twilio's client when it is first used, because loading takes 150 ms and 30 MB. */
export function createTwilioApi(
  account: AccountCredentials,
  httpClient: HttpClient,
): () => Promise<TwilioApi> {
  return createLazyLoader(async () => {
    const client = await loadClient(account, httpClient);
    return { account: client.api.v2010.account, rest: account.apiBaseUrl === null ? client : null };
  });
}

async function loadClient(account: AccountCredentials, httpClient: HttpClient): Promise<Twilio> {
  const { default: Client } = await import("twilio/lib/rest/Twilio.js");
  const { apiBaseUrl } = account;
  const http = apiBaseUrl === null ? httpClient : createProviderHttpClient(apiBaseUrl, httpClient);
  // Empty values, because without them the client reads the environment.
  const client = new Client(ANY_SID, account.password, {
    accountSid: ANY_SID,
    edge: account.edge ?? "",
    region: account.region ?? "",
    logLevel: "error",
    // The type is Twilio's class, but the client calls only `request`.
    httpClient: http as unknown as RequestClient,
  });
  // Set afterwards, because the constructor refuses the UUIDs of compatible providers.
  client.username = account.username;
  client.accountSid = account.accountSid;
  if (account.standIn !== undefined) {
    for (const host of [client.api, client.messaging, client.monitor, client.voice])
      host.baseUrl = account.standIn;
    // This host has the same paths as another host.
    client.serverless.baseUrl = `${account.standIn}/serverless`;
  }
  if (apiBaseUrl !== null) {
    client.api.baseUrl = apiBaseUrl;
    // The client treats every host like one of Twilio: `space.example` would become `space.example.space.example`.
    client.getHostname = (hostname) => hostname;
  }
  return client;
}

/**
 * Creates the HTTP client for a Twilio-compatible provider at `baseUrl`. It sends the credentials to no other host,
 * whatever URL an answer names as the next page. Twilio's client adds the path of `baseUrl` to that URL. Some providers
 * include it already, so it is removed once.
 */
export function createProviderHttpClient(baseUrl: string, httpClient: HttpClient): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, "");
  return {
    async request(asked) {
      const url = new URL(asked.uri);
      if (url.origin !== origin || !url.pathname.startsWith(`${path}/`))
        throw new Error(
          `A request to ${url.host} was not sent, because its host is not that of api_base_url.`,
        );
      if (path !== "" && url.pathname.startsWith(`${path}${path}/`))
        url.pathname = url.pathname.slice(path.length);
      return await httpClient.request({ ...asked, uri: url.href });
    },
  };
}
