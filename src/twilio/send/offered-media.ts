import type { MediaFailure } from "../../media/offer-media.ts";
import type { PreparedSend } from "../../outbound/delivery/send-request.ts";

/** How a send ends whose media cannot be offered. */
export function notPublished({
  error,
  isTransient,
}: MediaFailure): Exclude<PreparedSend, { readonly kind: "ready" }> {
  return isTransient ? { kind: "not_sent", error, retryAfterMs: null } : { kind: "refused", error };
}
