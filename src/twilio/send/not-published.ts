import type { MediaFailure } from "../../media/publish-media.ts";
import type { PreparedDelivery } from "../../outbound/delivery/message-or-call.ts";

/** The outcome of a delivery whose media could not be published. */
export function notPublished({
  error,
  isTransient,
}: MediaFailure): Exclude<PreparedDelivery, { readonly kind: "ready" }> {
  return isTransient ? { kind: "not_sent", error, retryAfterMs: null } : { kind: "refused", error };
}
