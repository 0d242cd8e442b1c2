import type Twilio from "twilio/lib/rest/Twilio.js";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import type { HttpClient } from "./http-client.ts";
import { createTwilioRequester } from "./request-twilio.ts";

/** The credentials of an account, and the base URLs of its REST API and files. */
export interface AccountCredentials {
  /** The account's SID (`AC…`), or the ID at a compatible provider, such as a UUID. */
  readonly accountSid: string;
  /** The account's SID if `password` is the auth token, or an API key's SID if `password` is the key's secret. */
  readonly username: string;
  readonly password: string;
  /** The part of the API's URL before `/2010-04-01/Accounts/…` at a compatible provider; null for Twilio itself. */
  readonly apiBaseUrl: string | null;
  /**
   * Twilio's region. `region` and `edge` are both set or both null, because Twilio no longer has host names for a
   * region without an edge.
   */
  readonly region: string | null;
  readonly edge: string | null;
  /** A URL that replaces all of Twilio's hosts, for tests. */
  readonly standIn?: string | undefined;
}

/** The clients of Twilio's other hosts, in addition to that of the main host. */
export type RestHosts = Pick<Twilio, "messaging" | "monitor" | "serverless" | "voice">;

/** The clients of Twilio's REST API, for one account. */
export interface TwilioApi {
  readonly account: Twilio["api"]["v2010"]["account"];
  /** The clients of Twilio's other hosts; null for a compatible provider, which does not have them. */
  readonly rest: RestHosts | null;
}

/** Creates a function that loads Twilio's classes at its first call and returns the clients of the API. */
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
    // The Serverless API and the Messaging API have the same path `/v1/Services`. So the Serverless API needs a prefix
    // if one URL replaces all of Twilio's hosts.
    rest.serverless.baseUrl = `${base}/serverless`;
  }
  return { account: api.v2010.account, rest: apiBaseUrl === null ? rest : null };
}

/**
 * Creates the HTTP client for a Twilio-compatible provider at `baseUrl`. The client sends the credentials to no other
 * host, even if an answer contains a next-page URL with another host.
 *
 * Twilio's client puts the path of `baseUrl` before the path of a next-page URL. At some providers, the next-page URL
 * already contains the path of `baseUrl`. Then this client removes the duplicate.
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
