import type { Secrets } from "./options.ts";

/** Compatible providers sign with a key of its own; Twilio with the token, old or new while it is rotated. */
export function signatureTokens({ webhookSecret, authToken, authTokenPrevious }: Secrets): string[] {
  const accepted = webhookSecret === null ? [authToken, authTokenPrevious] : [webhookSecret];
  return accepted.filter((secret) => secret !== null).map((secret) => secret.reveal());
}
