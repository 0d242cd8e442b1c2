import type { AccountCredentials } from "./client.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "./http-client.ts";

/** The functions of Twilio's client that the classes of Twilio's hosts use. */
export interface TwilioRequester {
  readonly accountSid: string;
  request(asked: Pick<HttpRequest, "method" | "uri" | "headers" | "params" | "data">): Promise<HttpResponse>;
}

const FORM = "application/x-www-form-urlencoded";

/**
 * Creates the function by which Twilio's classes send requests. It adds credentials and headers, as Twilio's client
 * does. `base` replaces all of Twilio's hosts; null keeps them.
 */
export function createTwilioRequester(
  account: AccountCredentials,
  base: string | null,
  httpClient: HttpClient,
): TwilioRequester {
  const { accountSid, username, password } = account;
  return {
    accountSid,
    async request({ method, uri, headers, params, data }) {
      const isForm = method === "post" || method === "put";
      return await httpClient.request({
        method,
        uri: base === null ? hostOf(uri, account) : uri,
        username,
        password,
        headers: {
          "Accept-Charset": "utf-8",
          ...(method === "delete" ? {} : { Accept: "application/json" }),
          ...(isForm ? { "Content-Type": FORM } : {}),
          ...headers,
        },
        params,
        data,
      });
    },
  };
}

/**
 * Returns the URL with the host of the account's region and edge, such as `api.dublin.ie1.twilio.com`. Source:
 * twilio.com/docs/global-infrastructure
 *
 * @throws {Error} if the host is not Twilio's. An answer may contain such a URL for the next page of a list
 */
function hostOf(uri: string, { region, edge }: AccountCredentials): string {
  const url = new URL(uri);
  const [product = "", ...rest] = url.hostname.split(".");
  if (url.protocol !== "https:" || rest.slice(-2).join(".") !== "twilio.com")
    throw new Error(`A request to ${url.host} was not sent, because that is not a host of Twilio.`);
  if (region !== null && edge !== null) url.hostname = `${product}.${edge}.${region}.twilio.com`;
  return url.href;
}
