import type { HttpResponse, HttpClient } from "./http-client.ts";

/** The key is known and lacks a permission, which is nothing that the token can be wrong about. */
const LACKS_PERMISSION = 70051;
const REFUSED = 20003;

export interface WatchCredentialsOptions {
  readonly credentialsRefused: () => void;
  readonly credentialsAccepted: () => void;
}

/** Tells of each answer what it says about the credentials. */
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

/** A standard or restricted API key is refused elsewhere, such as at the account itself or its balance, and still sends. */
function isNeeded(uri: string): boolean {
  return /\/Accounts\/[^/]+\/(?!Balance(\.json)?$)./.test(new URL(uri).pathname);
}

function areRefused({ statusCode, body }: HttpResponse): boolean {
  const code = typeof body === "object" && body !== null && "code" in body ? body.code : null;
  return code === REFUSED || (statusCode === 401 && code !== LACKS_PERMISSION);
}
