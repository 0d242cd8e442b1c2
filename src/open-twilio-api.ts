import type { Options, Secrets } from "./options/options.ts";
import { createHttpClient } from "./twilio/create-http-client.ts";
import { createTwilioMedia } from "./twilio/fetch-twilio-media.ts";
import type { FetchTwilioMedia } from "./twilio/fetch-twilio-media.ts";
import { createTwilioApi } from "./twilio/twilio-client.ts";
import type { TwilioAccount, TwilioApi } from "./twilio/twilio-client.ts";
import { watchCredentials } from "./twilio/watch-credentials.ts";
import type { WatchCredentialsOptions } from "./twilio/watch-credentials.ts";

export interface TwilioApiParts {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly trouble: WatchCredentialsOptions;
  /** Ends the requests that only read. */
  readonly stopping: AbortSignal;
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly standIn?: string | undefined;
}

/** Twilio's API with the user's credentials; what becomes of them is told. */
export function openTwilioApi({
  options,
  secrets,
  trouble,
  stopping,
  standIn,
}: TwilioApiParts): () => Promise<TwilioApi> {
  const account = { ...accountFrom(options, secrets), standIn };
  return createTwilioApi(account, watchCredentials(createHttpClient({ stopping }), trouble));
}

/** Fetches files of the account's messages and calls with the same credentials. */
export function openTwilioMedia({
  options,
  secrets,
  standIn,
}: Omit<TwilioApiParts, "trouble" | "stopping">): FetchTwilioMedia {
  return createTwilioMedia({ ...accountFrom(options, secrets), standIn });
}

/** For REST an API key takes the token's place; the token still checks signatures. */
function accountFrom(options: Options, secrets: Secrets): TwilioAccount {
  const { accountSid, apiKeySid, apiBaseUrl, region, edge } = options;
  const password = apiKeySid === null ? secrets.authToken : (secrets.apiKeySecret ?? secrets.authToken);
  return {
    accountSid,
    username: apiKeySid ?? accountSid,
    password: password.reveal(),
    apiBaseUrl,
    region,
    edge,
  };
}
