import type { HttpResponse, HttpClient } from "./http-client.ts";

/** Twilio's error code for a valid API key that lacks a permission. */
const LACKS_PERMISSION = 70051;
const REFUSED = 20003;

export interface WatchCredentialsOptions {
  readonly credentialsRefused: () => void;
  readonly credentialsAccepted: () => void;
}

/**
 * Wraps an HTTP client. It reports accepted credentials after each successful response, and refused credentials after an
 * error of Twilio that means this. Other responses report nothing.
 */
export function watchCredentials(httpClient: HttpClient, options: WatchCredentialsOptions): HttpClient {
  return {
    async request(asked) {
      const answer = await httpClient.request(asked);
      if (answer.statusCode < 300) options.credentialsAccepted();
      else if (isNeeded(asked.uri) && areRefused(answer)) options.credentialsRefused();
      return answer;
    },
  };
}

/**
 * Whether the credentials are wrong if Twilio refuses a request to this URL. Only resources below the account count,
 * such as its messages. The account itself and its balance do not count, because some API keys may not read them, but
 * can send.
 */
function isNeeded(uri: string): boolean {
  return /\/Accounts\/[^/]+\/(?!Balance(\.json)?$)./.test(new URL(uri).pathname);
}

function areRefused({ statusCode, body }: HttpResponse): boolean {
  const code = typeof body === "object" && body !== null && "code" in body ? body.code : null;
  return code === REFUSED || (statusCode === 401 && code !== LACKS_PERMISSION);
}
