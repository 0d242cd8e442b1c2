import type { Fault } from "./api/rest-app.ts";
import type { StartFunctionServer } from "./functions/start-function-server.ts";
import type { Person } from "./phone/phone-page.ts";
import type { WebhookSigner } from "./webhooks/send-webhook.ts";

export interface TwilioSimulatorOptions {
  /** The account's own numbers. */
  readonly numbers?: readonly string[];
  /** Of 127.0.0.1; any that is free if not given. */
  readonly port?: number;
  /** Who can be played on the telephone's page; without any, a number is entered there. */
  readonly people?: readonly Person[];
  /** A trial account puts a sentence before each text. */
  readonly trial?: boolean;
  /** A compatible provider's, such as a UUID. */
  readonly accountSid?: string;
  /** A compatible provider's: what stands before `/2010-04-01`. */
  readonly basePath?: string;
  /** Must be used for the API, which then refuses the auth token. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  /** What webhooks are signed with, if it is not the auth token. */
  readonly signer?: WebhookSigner;
  /** How much real time a second of a call's pauses takes, as a share; a thousandth if not given. */
  readonly pauseScale?: number;
  /** Before a request to the app is tried again, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Whether queries are sorted after they are signed, as has been reported of Twilio. */
  readonly sortsQueries?: boolean;
  /** Twilio's clock, in milliseconds since 1970, for what is made over its API and its header `Date`. */
  readonly now?: () => number;
  /** In which order the list of messages comes; falling if not given. */
  readonly messageOrder?: "falling" | "rising";
  /** Asked for every request to the API; for faults in an order of one's own. */
  readonly chooseFault?: (request: { readonly method: string; readonly path: string }) => Fault | undefined;
  /** What runs the account's Functions; as much of Twilio's runtime as ours need if not given. */
  readonly startFunctions?: StartFunctionServer;
}
