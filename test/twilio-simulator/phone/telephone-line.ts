import type { Gate } from "../webhooks/create-gate.ts";
import type { MadeRequest, RequestOutcome } from "../webhooks/request-webhook.ts";
import type { WebhookTarget } from "../webhooks/send-webhook.ts";
import type { Heard } from "./caller-act.ts";
import type { RecordingResource } from "./recordings.ts";
import type { SimulatedCall } from "./simulated-call.ts";

/** What one call needs of Twilio around it. */
export interface TelephoneLine {
  readonly accountSid: string;
  /** How much real time a second of the call takes, as a share. */
  readonly pauseScale: number;
  readonly closed: AbortSignal;
  /** Closed while calls stand still. */
  readonly gate: Gate;
  /** Beside the usual ones, such as `StirVerstat`. */
  readonly callerParameters: Readonly<Record<string, string>>;
  /** Asked when TwiML cannot be got or executed. */
  readonly fallback: { readonly url: string; readonly method?: "GET" | "POST" } | null;
  /** Where the call's statuses go, and which of them. */
  readonly status: { readonly target: WebhookTarget; readonly events: readonly string[] } | null;
  /** Where a call that is recorded as a whole tells of its recording; null for a call that is not recorded. */
  readonly recorded?: { readonly callback: WebhookTarget | null } | null;
  readonly recordingsUrl: string;
  readonly onRecording: (recording: RecordingResource) => void;
  readonly onDocument: (xml: string) => void;
  readonly onHear: (call: SimulatedCall, heard: Heard) => void;
  readonly onEnd: (call: SimulatedCall) => void;
  /** Asks or tells the app. */
  readonly request: (
    target: WebhookTarget,
    parameters: Readonly<Record<string, string>>,
    onRequest: (made: MadeRequest) => void,
  ) => Promise<RequestOutcome>;
  /** Takes what rejects because the simulator stops; throws the rest on. */
  readonly unlessClosed: (error: unknown) => void;
}
