import { PATIENCE_MS } from "../../patience.ts";
import { one } from "../api/refusals.ts";
import type { Form, Refusal } from "../api/refusals.ts";
import { callResource } from "../api/resources.ts";
import type { CallResource } from "../api/resources.ts";
import type { Gate } from "../webhooks/create-gate.ts";
import { requestWebhook } from "../webhooks/request-webhook.ts";
import type { WebhookSigner, WebhookTarget } from "../webhooks/send-webhook.ts";
import type { Sound } from "./caller-act.ts";
import { createCall } from "./create-call.ts";
import type { CallControl, TwimlSource } from "./create-call.ts";
import { createWaiters } from "./create-waiters.ts";
import type { RecordingResource } from "./recordings.ts";
import type { SimulatedCall } from "./simulated-call.ts";
import type { TelephoneLine } from "./telephone-line.ts";

export interface RingingCaller {
  readonly from: string;
  readonly to: string;
  /** Further parameters of all requests for TwiML, such as `StirVerstat`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Real seconds per second of the call; that of the simulator by default. */
  readonly pauseScale?: number;
}

export interface AnsweredCall {
  /** The result of answering machine detection, if it was requested. */
  readonly by?: "human" | "fax" | "unknown" | "machine_start" | `machine_end_${"beep" | "silence" | "other"}`;
  readonly pauseScale?: number;
}

/** The webhook for a number's calls, and its status callback. */
export interface VoiceWebhooks {
  readonly voice?: WebhookTarget & { readonly fallbackUrl?: string };
  readonly status?: WebhookTarget;
}

export interface TelephoneOptions {
  readonly accountSid: string;
  readonly signer: WebhookSigner;
  readonly pauseScale: number;
  readonly retryAfterMs: number;
  readonly webhookTimeoutMs: number | undefined;
  readonly closed: AbortSignal;
  readonly gate: Gate;
  readonly calls: CallResource[];
  readonly recordings: RecordingResource[];
  readonly recordingsUrl: () => string;
  readonly webhooks: () => VoiceWebhooks;
  /** The URL on this machine for a public URL of the app. */
  readonly deliveredTo: (url: string) => string;
  /** Called with each TwiML document. */
  readonly onDocument: (xml: string) => void;
  /** Called with each sound, for the page. */
  readonly onSound: (call: SimulatedCall, sound: Sound) => void;
  readonly onEnd: (call: SimulatedCall) => void;
}

/** Source: twilio.com/docs/voice/api/call-resource#create-a-call-resource */
const RING_SECONDS = 60;

/** Simulates incoming and outgoing calls that execute TwiML. */
export function createTelephone(options: TelephoneOptions) {
  const { accountSid, calls, closed, gate } = options;
  const controls = new Map<string, { readonly control: CallControl; readonly form: Form }>();
  const waiters = createWaiters();

  function line(
    own: Pick<TelephoneLine, "callerParameters" | "fallback" | "status" | "recorded">,
    pauseScale?: number,
  ) {
    return {
      ...own,
      accountSid,
      closed,
      gate,
      pauseScale: pauseScale ?? options.pauseScale,
      recordingsUrl: options.recordingsUrl(),
      onRecording: (recording) => void options.recordings.push(recording),
      onDocument: options.onDocument,
      onSound: options.onSound,
      onEnd: options.onEnd,
      request: (target, parameters, onRequest) =>
        requestWebhook({
          signer: options.signer,
          target: { ...target, deliverTo: target.deliverTo ?? options.deliveredTo(target.url) },
          parameters,
          retryAfterMs: options.retryAfterMs,
          timeoutMs: options.webhookTimeoutMs ?? PATIENCE_MS,
          gate,
          closed,
          onRequest,
        }),
      unlessClosed(error) {
        if (!closed.aborted) throw error;
      },
    } satisfies TelephoneLine;
  }

  function controlOf(sid: string) {
    const found = controls.get(sid);
    if (found === undefined) throw new Error(`no call ${sid}`);
    return found;
  }

  return {
    /** Calls the account's number, which sends its webhook at once. */
    ring({ from, to, parameters = {}, pauseScale }: RingingCaller): SimulatedCall {
      const { voice, status } = options.webhooks();
      if (voice === undefined) throw new Error("the number has no webhook for calls");
      const { fallbackUrl, url, method = "POST" } = voice;
      const resource = callResource(accountSid, { From: from, To: to }, "inbound", "ringing");
      const own = {
        callerParameters: parameters,
        fallback: fallbackUrl === undefined ? null : { url: fallbackUrl },
        status: status === undefined ? null : { target: status, events: ["completed"] },
      };
      const control = createCall(resource, line(own, pauseScale));
      calls.push(resource);
      controls.set(resource.sid, { control, form: {} });
      control.execute({ url, method });
      return control.call;
    },

    /** Adds a call of the API. It does nothing until it is answered. */
    made(resource: CallResource, form: Form): void {
      const callback = one(form["StatusCallback"]);
      const events = [form["StatusCallbackEvent"] ?? []].flat().flatMap((name) => name.split(" "));
      const fallbackUrl = one(form["FallbackUrl"]);
      const own = {
        callerParameters: {},
        fallback: fallbackUrl === "" ? null : { url: fallbackUrl },
        status:
          callback === ""
            ? null
            : {
                target: { url: callback, method: methodOf(form["StatusCallbackMethod"]) },
                events: events.length === 0 ? ["completed"] : events,
              },
        recorded: recordedIn(form),
      };
      controls.set(resource.sid, { control: createCall(resource, line(own)), form });
      waiters.changed();
    },

    call: (sid: string): SimulatedCall => controlOf(sid).control.call,

    ringSeconds: (sid: string): number => Number(one(controlOf(sid).form["Timeout"])) || RING_SECONDS,

    /** The next unanswered call to this number. Rejects if none comes in time. */
    async outgoingCall(to: string, timeoutMs = PATIENCE_MS): Promise<SimulatedCall> {
      const find = () =>
        [...controls.values()].find(
          ({ control: { call } }) =>
            call.to === to && call.direction !== "inbound" && ["queued", "ringing"].includes(call.state),
        );
      await waiters.until(
        () => find() !== undefined,
        timeoutMs,
        () => "nobody was called",
      );
      return controlOf(find()?.control.call.sid ?? "").control.call;
    },

    /** Answers a call of the API, as a person or a machine. */
    answer(sid: string, { by = "human", pauseScale }: AnsweredCall = {}): SimulatedCall {
      const { control, form } = controlOf(sid);
      const resource = calls.find((known) => known.sid === sid);
      if (resource === undefined || !["queued", "ringing"].includes(resource.status))
        throw new Error(`the call ${sid} cannot be answered: it is ${resource?.status ?? "unknown"}`);
      if (resource.status === "queued") {
        resource.status = "initiated";
        void control.reports.tell("initiated");
        resource.status = "ringing";
        void control.reports.tell("ringing");
      }
      control.answer(pauseScale);
      void control.reports.tell("answered");
      const isDetected = one(form["MachineDetection"]) !== "" && one(form["SendDigits"]) === "";
      const isApart = one(form["AsyncAmd"]) === "true";
      if (isDetected) resource["answered_by"] = by;
      if (isDetected && isApart && one(form["AsyncAmdStatusCallback"]) !== "")
        control.reports.tellAnsweredBy(one(form["AsyncAmdStatusCallback"]), by);
      const source = sourceIn(form);
      if (source === null) throw new Error(`the call ${sid} has no TwiML`);
      control.execute(source, isDetected && !isApart ? { AnsweredBy: by } : {});
      return control.call;
    },

    /** Changes a call in progress. Source: twilio.com/docs/voice/api/call-resource#update-a-call-resource */
    update(resource: CallResource, form: Form): Refusal | null {
      const { control } = controls.get(resource.sid) ?? {};
      const isWaiting = ["queued", "initiated", "ringing"].includes(resource.status);
      const isLive = resource.status === "in-progress";
      const status = one(form["Status"]);
      const source = sourceIn(form);
      if (control === undefined || (!isWaiting && !isLive) || (source !== null && !isLive))
        return { status: 400, code: 21220, message: "Call is not in-progress. Cannot redirect." };
      if (status === "completed" || (status === "canceled" && isWaiting))
        void control.end(isLive ? "completed" : "canceled");
      else if (source !== null) control.execute(source);
      return null;
    },
  };
}

function sourceIn(form: Form): TwimlSource | null {
  const [url, twiml] = [one(form["Url"]), one(form["Twiml"])];
  if (url !== "") return { url, method: methodOf(form["Method"]) };
  return twiml === "" ? null : { twiml };
}

function recordedIn(form: Form): (TelephoneLine["recorded"] & {}) | null {
  if (one(form["Record"]) !== "true") return null;
  const url = one(form["RecordingStatusCallback"]);
  return { callback: url === "" ? null : { url, method: methodOf(form["RecordingStatusCallbackMethod"]) } };
}

function methodOf(value: string | string[] | undefined): "GET" | "POST" {
  return one(value) === "GET" ? "GET" : "POST";
}
