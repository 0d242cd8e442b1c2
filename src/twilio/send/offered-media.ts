import type { ReportedError } from "../../domain/reported-error.ts";
import type { PreparedSend } from "../../outbound/delivery/send-request.ts";

/** `passing`: it may work in a while. */
export type OfferedMedia =
  | { readonly ok: true; readonly urls: readonly string[] }
  | { readonly ok: false; readonly error: ReportedError; readonly passing: boolean };

/** Addresses under which Twilio can fetch what Home Assistant has; addresses pass as they are. */
export type OfferMedia = (
  sources: readonly string[],
  purpose: "sms" | "whatsapp" | "call",
  /** Those with the same share what is fetched. */
  sharedBy: string,
) => Promise<OfferedMedia>;

/** How a send ends whose media cannot be offered. */
export function notOffered({
  error,
  passing,
}: Extract<OfferedMedia, { readonly ok: false }>): Exclude<PreparedSend, { readonly kind: "ready" }> {
  return passing ? { kind: "not_sent", error, retryAfterMs: null } : { kind: "refused", error };
}
