import { WEBHOOK_PATHS } from "../../domain/events/webhook-routes.ts";
import { retryFragment } from "../../inbound/retry-fragment.ts";

/** The fragment for a callback at the app's own port. It makes Twilio retry the callback up to twice. */
const TRY_AGAIN = "#rc=2&rp=ct,rt,5xx";

/**
 * Returns the URL to which Twilio reports a finished recording.
 *
 * @param base the public address with which the URL begins
 * @param reference the reference of the delivery or step that records; it comes back with the callback
 */
export function recordingCallbackUrl(base: string, reference: string): string {
  return `${base}${WEBHOOK_PATHS.recording}?ref=${reference}${retryFragment(base, TRY_AGAIN)}`;
}
