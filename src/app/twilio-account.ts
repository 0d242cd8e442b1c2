import type { Secrets } from "../options/options.ts";
import { createTwilioMedia, type FetchTwilioMedia } from "../twilio/media/fetch.ts";
import { createTwilioApi, type TwilioAccount, type TwilioApi } from "../twilio/rest/client.ts";
import { createHttpClient } from "../twilio/rest/http-client.ts";
import { watchCredentials, type WatchCredentialsOptions } from "../twilio/rest/watch-credentials.ts";
import type { AppSettings } from "./process/settings.ts";

type AccountSettings = Pick<AppSettings, "options" | "secrets" | "transport" | "clock"> & {
  readonly twilioStandIn?: string | undefined;
};

export interface TwilioApiDependencies {
  readonly settings: AccountSettings;
  readonly problems: WatchCredentialsOptions;
  /** Ends the requests that only read. */
  readonly stopping: AbortSignal;
}

/** Twilio's API with the user's credentials; what becomes of them is told. */
export function openTwilioApi({
  settings,
  problems,
  stopping,
}: TwilioApiDependencies): () => Promise<TwilioApi> {
  const { transport, clock } = settings;
  const httpClient = createHttpClient({ transport, clock, stopping });
  return createTwilioApi(accountFrom(settings), watchCredentials(httpClient, problems));
}

/** Fetches files of the account's messages and calls with the same credentials. */
export function openTwilioMedia(settings: AccountSettings): FetchTwilioMedia {
  const { transport, clock } = settings;
  return createTwilioMedia(accountFrom(settings), { transport, clock });
}

/** For REST an API key takes the token's place; the token still checks signatures. */
function accountFrom({ options, secrets, twilioStandIn }: AccountSettings): TwilioAccount {
  const { accountSid, apiKeySid, apiBaseUrl, region, edge } = options;
  const password = apiKeySid === null ? secrets.authToken : (secrets.apiKeySecret ?? secrets.authToken);
  return {
    accountSid,
    username: apiKeySid ?? accountSid,
    password: password.reveal(),
    apiBaseUrl,
    region,
    edge,
    standIn: twilioStandIn,
  };
}

/** Compatible providers sign with a key of its own; Twilio with the token, old or new while it is rotated. */
export function signatureTokens({ webhookSecret, authToken, authTokenPrevious }: Secrets): string[] {
  const accepted = webhookSecret === null ? [authToken, authTokenPrevious] : [webhookSecret];
  return accepted.filter((secret) => secret !== null).map((secret) => secret.reveal());
}
