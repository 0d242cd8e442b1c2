import type { Options, Secrets } from "../options/options.ts";
import { createTwilioMedia, type FetchTwilioMedia } from "../twilio/media/fetch.ts";
import { createTwilioApi, type TwilioAccount, type TwilioApi } from "../twilio/rest/client.ts";
import { createHttpClient } from "../twilio/rest/http-client.ts";
import { watchCredentials, type WatchCredentialsOptions } from "../twilio/rest/watch-credentials.ts";

export interface TwilioApiDependencies {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly problems: WatchCredentialsOptions;
  /** Ends the requests that only read. */
  readonly stopping: AbortSignal;
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly standIn?: string | undefined;
}

/** Twilio's API with the user's credentials; what becomes of them is told. */
export function openTwilioApi({
  options,
  secrets,
  problems,
  stopping,
  standIn,
}: TwilioApiDependencies): () => Promise<TwilioApi> {
  const account = { ...accountFrom(options, secrets), standIn };
  return createTwilioApi(account, watchCredentials(createHttpClient({ stopping }), problems));
}

/** Fetches files of the account's messages and calls with the same credentials. */
export function openTwilioMedia({
  options,
  secrets,
  standIn,
}: Omit<TwilioApiDependencies, "problems" | "stopping">): FetchTwilioMedia {
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

/** Compatible providers sign with a key of its own; Twilio with the token, old or new while it is rotated. */
export function signatureTokens({ webhookSecret, authToken, authTokenPrevious }: Secrets): string[] {
  const accepted = webhookSecret === null ? [authToken, authTokenPrevious] : [webhookSecret];
  return accepted.filter((secret) => secret !== null).map((secret) => secret.reveal());
}
