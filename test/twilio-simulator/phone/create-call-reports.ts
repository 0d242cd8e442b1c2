import { twilioDate } from "../api/resources.ts";
import type { CallResource } from "../api/resources.ts";
import type { Verb } from "../twiml/parse-twiml.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import { callParameters } from "../webhooks/webhook-parameters.ts";
import { recordingParameters, recordingResource } from "./recordings.ts";
import type { TelephoneLine } from "./telephone-line.ts";

export interface CallReports {
  readonly made: readonly MadeRequest[];
  /** Those of a request about the call as it now is. */
  parameters(): Record<string, string>;
  /** Tells an event if it was asked for; resolves when it is answered. */
  tell(event: "initiated" | "ringing" | "answered" | "completed"): Promise<void>;
  /** Who answered, where it is told apart from the call's own requests. */
  tellAnsweredBy(url: string, answeredBy: string): void;
  /** Resolves when all that was to be told is. */
  told(): Promise<void>;
  /** Keeps a recording; the parameters are those of the verb's own request. */
  record(verb: Verb, seconds: number): Record<string, string>;
  /** Tells of recordings kept so far: a moment after the request that names them. */
  recordingsAreReady(): void;
}

/** All that is told about a call beside the requests for its TwiML. */
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

  /** One after the other, although Twilio does not promise it. */
  function post(target: TelephoneLine["status"] & {}, told: Record<string, string>): void {
    telling = telling
      .then(async () => {
        await line.request(target.target, told, (request) => void made.push(request));
        changed();
      })
      .catch(line.unlessClosed);
  }

  /** The recording of a call made with `Record=true`, once it is over: named by its status, and told apart. */
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
    told: async () => await telling,
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
