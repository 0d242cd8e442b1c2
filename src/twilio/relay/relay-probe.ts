import { createHmac } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import type { Transport } from "../../domain/transport.ts";
import type { RelayProbe } from "../../setup/relay/ports.ts";
import { SELF_TEST_PATH } from "../../setup/relay/relay-source.ts";

/** How long the self-test waits for an answer, in milliseconds. The relay waits for the app for a shorter time. */
const PATIENCE_MS = 15_000;
const MOST_BYTES = 1_024;

export interface RelayProbeOptions {
  readonly accountSid: string;
  /** The account's auth token. The test signs its request with it, as Twilio does. */
  readonly token: string;
  readonly transport: Transport;
  readonly chance: Chance;
  readonly clock: Clock;
}

/**
 * Creates the relay's self-test. It sends a signed request to a path of the relay that is only for tests.
 *
 * The relay verifies the signature and posts a note (an encrypted webhook) to the app. The app answers with the random
 * token from the request's URL, and the relay returns this answer.
 */
export function createRelayProbe({
  accountSid,
  token,
  transport,
  chance,
  clock,
}: RelayProbeOptions): RelayProbe {
  return {
    async test(domain) {
      const secret = chance.bytes(16).toString("hex");
      const url = `https://${domain}${SELF_TEST_PATH}?s=${secret}`;
      const signature = createHmac("sha1", token).update(`${url}AccountSid${accountSid}`).digest("base64");
      const startedAt = clock.monotonic();
      try {
        const response = await transport.request(url, {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": signature,
          },
          body: new URLSearchParams({ AccountSid: accountSid }).toString(),
          signal: clock.timeoutSignal(PATIENCE_MS),
        });
        const text = (await readAtMost(response, MOST_BYTES))?.toString() ?? "";
        if (response.status === 200 && text === secret)
          return { ok: true, ms: Math.round(clock.monotonic() - startedAt) };
        return { ok: false, reason: reasonOf(response.status) };
      } catch {
        return {
          ok: false,
          reason:
            "The relay does not answer at its address at Twilio. Check the internet connection of Home Assistant.",
        };
      }
    },
  };
}

function reasonOf(status: number): string {
  switch (status) {
    case 403:
      return "The relay refuses the app's signature. Enter the current Auth Token of the account as auth_token.";
    case 404:
      return "Twilio does not know the relay's address. Set up the relay again on the app's page.";
    case 503:
      return "The relay could not reach the app through Home Assistant. Check that Home Assistant can be reached from the internet.";
    default:
      return `The relay answered with HTTP ${status}.`;
  }
}
