import type { SendOutcome } from "../domain/send-request.ts";
import { errorOf } from "../domain/twilio-error.ts";

/** Concurrency limit: Twilio says that it was not processed. Source: twilio.com/docs/api/errors/20429 */
const TOO_MANY_REQUESTS = 20429;
/** The sender's queue is full for hours: also sent with status 429, but no use to try again. */
const QUEUE_FULL = 21611;

/** What a thrown error of Twilio's client says about the request. Never hands on the error: it holds the credentials. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  const { status, code, message, moreInfo } = parts(error);
  if (typeof status === "number") {
    if (code === TOO_MANY_REQUESTS || (status === 429 && code !== QUEUE_FULL)) {
      return {
        kind: "not_sent",
        error: errorOf(String(number(code) ?? TOO_MANY_REQUESTS), text(message)),
        retryAfterMs: null,
      };
    }
    if (status >= 500) return unknown(`Twilio answered with an error of its own (HTTP ${status})`);
    const reason = text(message) ?? `Twilio refused the request with HTTP ${status}`;
    const known = errorOf(String(number(code) ?? status), reason);
    return { kind: "refused", error: { ...known, more_info: text(moreInfo) ?? known.more_info } };
  }
  const cause = parts(error)["cause"] ?? error;
  if (neverLeft(cause)) {
    const reason = `Twilio cannot be reached (${text(parts(cause)["code"]) ?? "no connection"})`;
    return {
      kind: "not_sent",
      error: { code: "twilio_away", message: reason, more_info: null },
      retryAfterMs: null,
    };
  }
  return unknown(`The connection to Twilio broke (${text(code) ?? "no answer"})`);
}

function unknown(why: string): SendOutcome {
  const message = `${why}, so it is not known whether it was sent; it is not sent again.`;
  return { kind: "unknown", error: { code: "unknown_outcome", message, more_info: null } };
}

/** True only where no byte of the request can have left: name look-up, connecting or TLS failed. */
function neverLeft(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(neverLeft);
  const { syscall, code } = parts(cause);
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  return typeof code === "string" && /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);
}

function parts(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The HTTP status that a failure of Twilio's client stands for; null where Twilio did not answer. */
export function failureStatus(error: unknown): number | null {
  return number(parts(error)["status"]) ?? null;
}
