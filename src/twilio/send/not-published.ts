import type { MediaFailure } from "../../media/publish-media.ts";
import type { PreparedDelivery } from "../../outbound/delivery/message-or-call.ts";

/** Returns the outcome of a delivery whose media could not be published, so that the app sends nothing. */
export function notPublished({
  error,
  isTransient,
}: MediaFailure): Exclude<PreparedDelivery, { readonly kind: "ready" }> {
  return isTransient ? { kind: "not_sent", error, retryAfterMs: null } : { kind: "refused", error };
}
