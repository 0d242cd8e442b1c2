import type Twilio from "twilio/lib/rest/Twilio.js";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { HttpClient } from "./http-client.ts";
import { createTwilioRequester } from "./request-twilio.ts";

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

/** Further hosts of Twilio. */
export type RestHosts = Pick<Twilio, "messaging" | "monitor" | "serverless" | "voice">;

/** The account's part of the REST API. */
export interface TwilioApi {
  readonly account: Twilio["api"]["v2010"]["account"];
  /** The clients of Twilio's other hosts; null for a compatible provider, which has none. */
  readonly rest: RestHosts | null;
}

/** Returns a function that loads Twilio's classes when it is first called. */
export function createTwilioApi(
  account: AccountCredentials,
  httpClient: HttpClient,
): () => Promise<TwilioApi> {
  return createLazyLoader(() => loadHosts(account, httpClient));
}

async function loadHosts(account: AccountCredentials, httpClient: HttpClient): Promise<TwilioApi> {
  const { Api, Messaging, Monitor, Serverless, Voice } = await import("./twilio-hosts.ts");
  const { apiBaseUrl, standIn } = account;
  const http = apiBaseUrl === null ? httpClient : createProviderHttpClient(apiBaseUrl, httpClient);
  const base = apiBaseUrl ?? standIn ?? null;
  const requester = createTwilioRequester(account, base, http);
  const api = new Api(requester);
  const rest = {
    messaging: new Messaging(requester),
    monitor: new Monitor(requester),
    serverless: new Serverless(requester),
    voice: new Voice(requester),
  };
  if (base !== null) {
    for (const host of [api, rest.messaging, rest.monitor, rest.voice]) host.baseUrl = base;
    // The paths of this API are the same as those of another API, so it gets its own prefix.
    rest.serverless.baseUrl = `${base}/serverless`;
  }
  return { account: api.v2010.account, rest: apiBaseUrl === null ? rest : null };
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
