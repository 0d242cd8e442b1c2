import type { Fault } from "./api/rest-app.ts";
import type { StartFunctionServer } from "./functions/start-function-server.ts";
import type { Person } from "./phone/phone-page.ts";
import type { WebhookSigner } from "./webhooks/send-webhook.ts";

export interface TwilioSimulatorOptions {
  /** The account's own numbers. */
  readonly numbers?: readonly string[];
  /** The port on 127.0.0.1; a free one by default. */
  readonly port?: number;
  /** The people on the telephone's page. Without any, the user enters a number there. */
  readonly people?: readonly Person[];
  /** A trial account, which puts a sentence before each text. */
  readonly trial?: boolean;
  /** The account id of a compatible provider, such as a UUID. */
  readonly accountSid?: string;
  /** The path of a compatible provider before `/2010-04-01`. */
  readonly basePath?: string;
  /** An API key. With it, the API refuses the auth token. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  /** The key of signatures, if it is not the auth token. */
  readonly signer?: WebhookSigner;
  /** Real seconds per second of a call's pauses; a thousandth by default. */
  readonly pauseScale?: number;
  /** The pause before a retry of a request to the app, in milliseconds. */
  readonly retryAfterMs?: number;
  /**
   * How long a call waits for the app's answer, in milliseconds. By default, it waits as long as a test waits, which is
   * longer than at Twilio, because the machine may be busy.
   */
  readonly webhookTimeoutMs?: number;
  /** Whether queries are sorted after signing, as users have reported of Twilio. */
  readonly sortsQueries?: boolean;
  /**
   * Twilio's clock, in milliseconds since 1970, for what is made over its API, its header `Date`, Functions and Sync.
   */
  readonly now?: () => number;
  /** In which order the list of messages comes; falling if not given. */
  readonly messageOrder?: "falling" | "rising";
  /** Asked for every request to the API; for faults in an order of one's own. */
  readonly chooseFault?: (request: { readonly method: string; readonly path: string }) => Fault | undefined;
  /**
   * Runs the account's Functions. If it is left out, the simulator has only the part of Twilio's runtime that the app's
   * Functions use.
   */
  readonly startFunctions?: StartFunctionServer;
}
