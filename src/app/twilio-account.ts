import type { TwilioClock } from "../inbound/relay/ports.ts";
import type { Secrets } from "../options/options.ts";
import { createTwilioAccount, type TwilioAccount } from "../twilio/account/account.ts";
import type { AccountCredentials } from "../twilio/rest/client.ts";
import { createHttpClient } from "../twilio/rest/http-client.ts";
import { watchClock } from "../twilio/rest/watch-clock.ts";
import { watchCredentials, type WatchCredentialsOptions } from "../twilio/rest/watch-credentials.ts";
import type { AppSettings } from "./process/settings.ts";

type AccountSettings = Pick<AppSettings, "options" | "secrets" | "transport" | "clock" | "twilioStandIn">;

export interface TwilioAccountDependencies {
  readonly settings: AccountSettings;
  readonly problems: WatchCredentialsOptions;
  /** Aborts requests to Twilio that only read, when the app stops. */
  readonly stopping: AbortSignal;
}

/** Opens the user's Twilio account and Twilio's clock. Tells `problems` whether Twilio accepts the credentials. */
export function openTwilioAccount({ settings, problems, stopping }: TwilioAccountDependencies): {
  readonly account: TwilioAccount;
  readonly twilioClock: TwilioClock;
} {
  const { secrets, transport, clock } = settings;
  const watched = watchClock(createHttpClient({ transport, clock, stopping }), clock);
  const account = createTwilioAccount({
    credentials: credentialsOf(settings),
    signatureTokens: signatureTokens(secrets),
    httpClient: watchCredentials(watched.httpClient, problems),
    twilioClock: watched.twilioClock,
    transport,
    clock,
  });
  return { account, twilioClock: watched.twilioClock };
}

/** The credentials for Twilio's REST API: the API key if the user has entered one, else the Auth Token. */
function credentialsOf({ options, secrets, twilioStandIn }: AccountSettings): AccountCredentials {
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

/**
 * The keys with which webhooks may be signed. Twilio signs with the Auth Token. While the user replaces the Auth Token,
 * Twilio may sign with the old or the new one. Other providers sign with a separate secret.
 */
export function signatureTokens({ webhookSecret, authToken, authTokenPrevious }: Secrets): string[] {
  const accepted = webhookSecret === null ? [authToken, authTokenPrevious] : [webhookSecret];
  return accepted.filter((secret) => secret !== null).map((secret) => secret.reveal());
}
