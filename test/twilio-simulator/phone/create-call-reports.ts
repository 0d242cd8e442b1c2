import { twilioDate } from "../api/resources.ts";
import type { CallResource } from "../api/resources.ts";
import type { Verb } from "../twiml/parse-twiml.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import { callParameters } from "../webhooks/webhook-parameters.ts";
import { recordingParameters, recordingResource } from "./recordings.ts";
import type { TelephoneLine } from "./telephone-line.ts";

export interface CallReports {
  readonly made: readonly MadeRequest[];
  /** The parameters of a request about the current state of the call. */
  parameters(): Record<string, string>;
  /** Reports an event if it was requested. Resolves when it is answered. */
  tell(event: "initiated" | "ringing" | "answered" | "completed"): Promise<void>;
  /** Reports who answered, if that has its own callback. */
  tellAnsweredBy(url: string, answeredBy: string): void;
  /** Resolves when all reports have been answered. */
  settled(): Promise<void>;
  /** Stores a recording, and returns the parameters for the verb's own request. */
  record(verb: Verb, seconds: number): Record<string, string>;
  /** Reports the stored recordings, shortly after the request that names them. */
  recordingsAreReady(): void;
}

/** The callbacks of a call, besides its requests for TwiML. */
export function createCallReports(
  resource: CallResource,
  line: TelephoneLine,
  changed: () => void,
): CallReports {
  const made: MadeRequest[] = [];
  const ready: (() => void)[] = [];
  let sequence = 0;
  let telling = Promise.resolve();

  const parameters = (): Record<string, string> =>
    callParameters({
      accountSid: line.accountSid,
      callSid: resource.sid,
      from: resource.from,
      to: resource.to,
      status: resource.status,
      direction: resource.direction,
    });

  /** Reports come one after the other, although Twilio does not guarantee it. */
  function post(target: TelephoneLine["status"] & {}, fields: Record<string, string>): void {
    telling = telling
      .then(async () => {
        await line.request(target.target, fields, (request) => void made.push(request));
        changed();
      })
      .catch(line.unlessClosed);
  }

  /** The recording of a call with `Record=true`, after its end. It is in the final status, and has its own callback. */
  function recordWhole() {
    const seconds = Number(resource["duration"]);
    if (!line.recorded || resource.status !== "completed" || seconds === 0) return null;
    const { accountSid, recordingsUrl } = line;
    const recording = recordingResource(accountSid, resource.sid, seconds, recordingsUrl, "OutboundAPI");
    const url = `${recordingsUrl}/${recording.sid}`;
    line.onRecording(recording);
    const { callback } = line.recorded;
    const ids = { AccountSid: accountSid, CallSid: resource.sid };
    return {
      named: { RecordingUrl: url, RecordingSid: recording.sid, RecordingDuration: recording.duration },
      tell(): void {
        if (callback !== null)
          post({ target: callback, events: [] }, { ...ids, ...recordingParameters(recording, url) });
      },
    };
  }

  return {
    made,
    parameters,
    async tell(event) {
      const whole = event === "completed" ? recordWhole() : null;
      if (line.status?.events.includes(event) === true) {
        post(line.status, {
          ...parameters(),
          CallbackSource: "call-progress-events",
          SequenceNumber: String(sequence),
          Timestamp: twilioDate(new Date()),
          ...(event === "completed" ? endOf(resource) : {}),
          ...whole?.named,
        });
        sequence += 1;
      }
      whole?.tell();
      await telling;
    },
    tellAnsweredBy(url, answeredBy) {
      post(
        { target: { url }, events: [] },
        {
          AccountSid: line.accountSid,
          AnsweredBy: answeredBy,
          CallSid: resource.sid,
          MachineDetectionDuration: "2400",
        },
      );
    },
    settled: async () => await telling,
    record({ attributes }, seconds) {
      const recording = recordingResource(line.accountSid, resource.sid, seconds, line.recordingsUrl);
      const url = `${line.recordingsUrl}/${recording.sid}`;
      line.onRecording(recording);
      const {
        recordingStatusCallback: callback,
        recordingStatusCallbackEvent: events = "completed",
        recordingStatusCallbackMethod: method = "POST",
      } = attributes;
      if (callback !== undefined && events.split(" ").includes("completed")) {
        const target = { url: callback, method: method === "GET" ? ("GET" as const) : ("POST" as const) };
        const ids = { AccountSid: line.accountSid, CallSid: resource.sid };
        ready.push(() => post({ target, events: [] }, { ...ids, ...recordingParameters(recording, url) }));
      }
      return {
        RecordingDuration: recording.duration,
        RecordingSid: recording.sid,
        RecordingUrl: url,
      };
    },
    recordingsAreReady() {
      for (const tell of ready.splice(0)) tell();
    },
  };
}

function endOf({ duration, answered_by: answeredBy }: CallResource): Record<string, string> {
  const seconds = Number(duration);
  return {
    CallDuration: String(seconds),
    Duration: String(Math.ceil(seconds / 60)),
    ...(typeof answeredBy === "string" ? { AnsweredBy: answeredBy } : {}),
  };
}
