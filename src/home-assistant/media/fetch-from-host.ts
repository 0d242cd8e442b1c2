import type { Transport, TransportResponse } from "../../domain/transport.ts";

const MOST_REDIRECTS = 3;

/**
 * Fetches a file from a URL that Home Assistant has named, without sending a token. It follows a redirect to the same
 * origin, and to the standard port of HTTPS at the same host. Any other redirect is refused: a server on the internet
 * could use it to make the app send requests to other devices at home.
 *
 * @throws {Error} for any other redirect, or for too many redirects
 * @throws the errors of the transport
 */
export async function fetchFromHost(
  transport: Transport,
  from: string,
  signal: AbortSignal,
): Promise<TransportResponse> {
  let url = new URL(from);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await transport.request(url, { signal });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    response.body.destroy();
    const target = URL.parse(location, url.href);
    if (target === null || !isSameHost(url, target)) throw new Error("it redirects to another host");
    url = target;
  }
  throw new Error("it redirects too many times");
}

function isSameHost(url: URL, target: URL): boolean {
  return (
    target.origin === url.origin ||
    (target.protocol === "https:" && target.port === "" && target.hostname === url.hostname)
  );
}
