import type { Transport, TransportResponse } from "../../domain/transport.ts";

const MOST_REDIRECTS = 3;

/**
 * Fetches a file from the host that Home Assistant named. A redirect may lead to the same origin or to the same host by
 * https (`http://nas.example` to `https://nas.example`), and nowhere else: otherwise a server on the internet could have
 * the app ask another in the house. Sends no token.
 *
 * @throws {Error} for a redirect elsewhere; the transport's errors
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
    const onto = URL.parse(location, url.href);
    if (onto === null || !isSameHost(url, onto)) throw new Error("it redirects to another host");
    url = onto;
  }
  throw new Error("it redirects too many times");
}

function isSameHost(url: URL, onto: URL): boolean {
  return (
    onto.origin === url.origin ||
    (onto.protocol === "https:" && onto.port === "" && onto.hostname === url.hostname)
  );
}
