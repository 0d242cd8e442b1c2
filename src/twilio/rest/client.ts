import type RequestClient from "twilio/lib/base/RequestClient.js";
import type Twilio from "twilio/lib/rest/Twilio.js";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { HttpClient } from "./http-client.ts";

/** What the REST API and the files of an account are asked with, and where. */
export interface AccountCredentials {
  /** `AC…`, or what a compatible provider gives, such as a UUID. */
  readonly accountSid: string;
  /** The account's SID with the auth token, or an API key's SID with its secret. */
  readonly username: string;
  readonly password: string;
  /** What stands before `/2010-04-01/Accounts/…`; null for Twilio itself. */
  readonly apiBaseUrl: string | null;
  /** Twilio's, and only together: a region without an edge makes an address that nobody answers at any more. */
  readonly region: string | null;
  readonly edge: string | null;
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly standIn?: string | undefined;
}

const ANY_SID = `AC${"0".repeat(32)}`;

/** Hosts of Twilio's beside its first; each is loaded when it is first asked. */
export type RestHosts = Pick<Twilio, "messaging" | "monitor" | "serverless" | "voice">;

/** The account's part of the REST API. */
export interface TwilioApi {
  readonly account: Twilio["api"]["v2010"]["account"];
  /** Null for a compatible provider, which has only the first. */
  readonly rest: RestHosts | null;
}

/** Twilio's API, loaded when it is first called for: its client takes 150 ms and 30 MB. */
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
  // Given empty rather than left out, or the client would look into the environment for them.
  const client = new Client(ANY_SID, account.password, {
    accountSid: ANY_SID,
    edge: account.edge ?? "",
    region: account.region ?? "",
    logLevel: "error",
    // Typed as Twilio's class with its private parts; only `request` is called.
    httpClient: http as unknown as RequestClient,
  });
  // Set afterwards, because the constructor refuses the UUIDs of compatible providers.
  client.username = account.username;
  client.accountSid = account.accountSid;
  if (account.standIn !== undefined) {
    for (const host of [client.api, client.messaging, client.monitor, client.voice])
      host.baseUrl = account.standIn;
    // It has paths that another host has, too.
    client.serverless.baseUrl = `${account.standIn}/serverless`;
  }
  if (apiBaseUrl !== null) {
    client.api.baseUrl = apiBaseUrl;
    // It would take the host for one of Twilio's and build it anew: `space.example` becomes `space.example.space.example`.
    client.getHostname = (hostname) => hostname;
  }
  return client;
}

/**
 * HTTP towards a Twilio-compatible provider at `baseUrl`. Its credentials go there and nowhere else, whatever address
 * an answer names as the next page. Some write the path of `baseUrl` before such an address and some do not, where
 * Twilio's client expects that it is missing.
 */
export function createProviderHttpClient(baseUrl: string, httpClient: HttpClient): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, "");
  return {
    async request(asked) {
      const url = new URL(asked.uri);
      if (url.origin !== origin || !url.pathname.startsWith(`${path}/`))
        throw new Error(`A request was not sent, since it was for ${url.host} and not for api_base_url.`);
      if (path !== "" && url.pathname.startsWith(`${path}${path}/`))
        url.pathname = url.pathname.slice(path.length);
      return await httpClient.request({ ...asked, uri: url.href });
    },
  };
}
