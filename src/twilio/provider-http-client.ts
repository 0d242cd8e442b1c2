import type { HttpClient } from "./create-http-client.ts";

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
