import type { RecordingSource } from "../../outbound/ports.ts";
import type { TwilioApi } from "../rest/client.ts";

/** How many recordings of one call the app reads. */
const MOST_RECORDINGS = 20;

/**
 * Creates a function that finds the recording of a call that the app made. Twilio knows the recording's URL only some
 * seconds after the call; until then, the result is `not_ready`.
 */
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
      // Twilio may still report the recording by a callback.
      return "not_ready";
    }
  };
}
