import type { RecordingSource } from "../../outbound/ports.ts";
import type { TwilioApi } from "../rest/client.ts";

/** The most recordings of one call that are read. */
const MOST_RECORDINGS = 20;

/** Looks up the recording of a call by `make_call`. Twilio has its URL only some seconds after the call. */
export function createRecordingFetcher(api: () => Promise<TwilioApi>): RecordingSource["fetchRecording"] {
  return async function fetchRecording(callSid) {
    try {
      const { account } = await api();
      const found = await account.recordings.list({ callSid, limit: MOST_RECORDINGS });
      const recording = found.find(({ source }) => source === "OutboundAPI") ?? found[0];
      if (recording === undefined) return "not_ready";
      const { sid, status, duration, mediaUrl } = recording;
      if (status === "absent" || status === "deleted") return "none";
      if (status !== "completed" || !mediaUrl) return "not_ready";
      return { sid, url: mediaUrl, duration: duration ? Number(duration) : null };
    } catch {
      // The status callback of the recording may still come.
      return "not_ready";
    }
  };
}
