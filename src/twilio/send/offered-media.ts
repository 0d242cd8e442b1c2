import type { ReportedError } from "../../domain/reported-error.ts";
import type { PreparedSend } from "../../outbound/delivery/send-request.ts";

/** `passing`: it may work in a while. */
export type PublishedMedia =
  | { readonly ok: true; readonly urls: readonly string[] }
  | { readonly ok: false; readonly error: ReportedError; readonly isTransient: boolean };

/** Addresses under which Twilio can fetch what Home Assistant has; addresses pass as they are. */
export type PublishMedia = (
  sources: readonly string[],
  purpose: "sms" | "whatsapp" | "call",
  /** Those with the same share what is fetched. */
  sharedBy: string,
) => Promise<PublishedMedia>;

/** How a send ends whose media cannot be offered. */
export function notPublished({
  error,
  isTransient,
}: Extract<PublishedMedia, { readonly ok: false }>): Exclude<PreparedSend, { readonly kind: "ready" }> {
  return isTransient ? { kind: "not_sent", error, retryAfterMs: null } : { kind: "refused", error };
}
