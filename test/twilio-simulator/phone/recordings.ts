import { fakeSid } from "../api/fake-sid.ts";
import { twilioDate } from "../api/resources.ts";

/** The used fields of a recording in the form of Twilio's API. */
export interface RecordingResource {
  readonly sid: string;
  readonly call_sid: string;
  readonly date_created: string;
  readonly duration: string;
  readonly status: "completed";
  readonly [field: string]: unknown;
}

/** Creates a recording of a call. `seconds`: its duration. */
export function recordingResource(
  accountSid: string,
  callSid: string,
  seconds: number,
  recordingsUrl: string,
  source: "RecordVerb" | "OutboundAPI" = "RecordVerb",
): RecordingResource {
  const sid = fakeSid("RE");
  const uri = `/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
  const now = twilioDate(new Date());
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    call_sid: callSid,
    channels: 1,
    conference_sid: null,
    date_created: now,
    date_updated: now,
    duration: String(seconds),
    encryption_details: null,
    error_code: null,
    media_url: `${recordingsUrl}/${sid}`,
    price: null,
    price_unit: "USD",
    sid,
    source,
    start_time: now,
    status: "completed",
    subresource_uris: {},
    uri: `${uri}.json`,
  };
}

/** The parameters of a recording's status callback, besides those of the account and the call. */
export function recordingParameters(recording: RecordingResource, url: string): Record<string, string> {
  return {
    ErrorCode: "0",
    RecordingChannels: "1",
    RecordingDuration: recording.duration,
    RecordingSid: recording.sid,
    RecordingSource: String(recording["source"]),
    RecordingStartTime: String(recording["start_time"]),
    RecordingStatus: recording.status,
    RecordingTrack: recording["source"] === "OutboundAPI" ? "both" : "inbound",
    RecordingUrl: url,
  };
}
