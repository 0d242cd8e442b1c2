import { AddressRefusedError } from "../../domain/transport.ts";
import type { RequestOptions, Transport, TransportResponse } from "../../domain/transport.ts";

/**
 * Fetches an `https` URL of any public host, without Twilio's credentials. Follows no redirect.
 *
 * @throws {AddressRefusedError} for another protocol, for credentials in the URL, or for a host in a private network
 * @throws {TransportError} if no response came
 */
export async function fetchPublicFile(
  transport: Transport,
  url: URL,
  options: RequestOptions & Required<Pick<RequestOptions, "isAllowed">>,
): Promise<TransportResponse> {
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "")
    throw new AddressRefusedError();
  return await transport.request(url, options);
}
