/**
 * Thrown if no byte of a request left the machine, because the DNS look-up, the connection or TLS failed. Has a short
 * reason and no cause, like the other errors here, because Node's errors may contain the credentials.
 */
export class TwilioUnreachableError extends Error {
  override readonly name = "TwilioUnreachableError";
  /** The error code, such as `ECONNREFUSED`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`Twilio cannot be reached (${reason})`);
    this.reason = reason;
  }
}

/** Thrown if a request was sent, but no complete answer came. Twilio may have acted on the request. */
export class TwilioConnectionLostError extends Error {
  override readonly name = "TwilioConnectionLostError";
  /** The error code, such as `ECONNRESET`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The connection to Twilio was lost (${reason})`);
    this.reason = reason;
  }
}

/**
 * Thrown if Twilio answered with HTTP 429. Has the fields of Twilio's `RestException`, and the time from `Retry-After`.
 */
export class TwilioTooManyRequestsError extends Error {
  override readonly name = "TwilioTooManyRequestsError";
  readonly status = 429;
  readonly code: number | undefined;
  readonly moreInfo: string | undefined;
  /** How long Twilio wants the app to wait before a retry, in milliseconds; null if Twilio does not tell. */
  readonly retryAfterMs: number | null;

  constructor(body: unknown, retryAfterMs: number | null) {
    const { code, message, more_info: moreInfo } = parts(body);
    super(typeof message === "string" ? message : "");
    this.code = typeof code === "number" ? code : undefined;
    this.moreInfo = typeof moreInfo === "string" ? moreInfo : undefined;
    this.retryAfterMs = retryAfterMs;
  }
}

function parts(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
