import type { RequestSenderOptions } from "../../../src/app/http/request-sender.ts";
import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { createTransport } from "../../../src/app/system/transport.ts";
import type { FetchTwilioMedia } from "../../../src/media/ports.ts";
import { createTwilioMedia } from "../../../src/twilio/media/fetch.ts";
import type { TwilioMediaOptions } from "../../../src/twilio/media/fetch.ts";
import type { AccountCredentials } from "../../../src/twilio/rest/client.ts";

export interface TestMediaOptions extends Pick<TwilioMediaOptions, "timeoutMs" | "maxBytes"> {
  /** The connection to hosts other than the API's. */
  readonly elsewhere?: Pick<RequestSenderOptions, "ca" | "lookup"> & Pick<TwilioMediaOptions, "isAllowed">;
}

/** Creates a media fetcher with its own connections. */
export function createTestMedia(
  account: AccountCredentials,
  { elsewhere: { isAllowed, ...connecting } = {}, ...options }: TestMediaOptions = {},
): FetchTwilioMedia {
  return createTwilioMedia(account, {
    ...options,
    ...(isAllowed === undefined ? {} : { isAllowed }),
    transport: createTransport(connecting),
    clock: SYSTEM_CLOCK,
  });
}
