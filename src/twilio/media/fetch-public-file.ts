import { AddressRefusedError } from "../../domain/transport.ts";
import type { RequestOptions, Transport, TransportResponse } from "../../domain/transport.ts";

/**
 * Fetches an `https` address that somebody else named, from public hosts only. Follows no redirect.
 *
 * @throws {AddressRefusedError} for a host in the house, or in a network of its own; `TransportError` without a response
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
