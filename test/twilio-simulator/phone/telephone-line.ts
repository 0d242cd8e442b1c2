import type { Gate } from "../webhooks/create-gate.ts";
import type { MadeRequest, RequestOutcome } from "../webhooks/request-webhook.ts";
import type { WebhookTarget } from "../webhooks/send-webhook.ts";
import type { Sound } from "./caller-act.ts";
import type { RecordingResource } from "./recordings.ts";
import type { SimulatedCall } from "./simulated-call.ts";

/** The services of the simulator that one call needs. */
export interface TelephoneLine {
  readonly accountSid: string;
  /** Real seconds per second of the call. */
  readonly pauseScale: number;
  readonly closed: AbortSignal;
  /** Closed while calls are paused. */
  readonly gate: Gate;
  /** Further parameters, such as `StirVerstat`. */
  readonly callerParameters: Readonly<Record<string, string>>;
  /** The fallback address, for TwiML that cannot be fetched or executed. */
  readonly fallback: { readonly url: string; readonly method?: "GET" | "POST" } | null;
  /** The status callback, and its events. */
  readonly status: { readonly target: WebhookTarget; readonly events: readonly string[] } | null;
  /** The callback for the recording of the whole call; null for a call that is not recorded. */
  readonly recorded?: { readonly callback: WebhookTarget | null } | null;
  readonly recordingsUrl: string;
  readonly onRecording: (recording: RecordingResource) => void;
  readonly onDocument: (xml: string) => void;
  readonly onSound: (call: SimulatedCall, sound: Sound) => void;
  readonly onEnd: (call: SimulatedCall) => void;
  /** Sends a request to the app. */
  readonly request: (
    target: WebhookTarget,
    parameters: Readonly<Record<string, string>>,
    onRequest: (made: MadeRequest) => void,
  ) => Promise<RequestOutcome>;
  /** Ignores errors because the simulator stops. Throws all others. */
  readonly unlessClosed: (error: unknown) => void;
}
