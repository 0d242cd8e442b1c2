/**
 * No byte of the request was sent, because the name look-up, the connection or TLS failed. Like the other errors here, it
 * has a short reason and no cause, because Node's errors may contain the credentials.
 */
export class TwilioUnreachableError extends Error {
  override readonly name = "TwilioUnreachableError";
  /** The code of the error, such as `ECONNREFUSED`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`Twilio cannot be reached (${reason})`);
    this.reason = reason;
  }
}

/** The request was sent, but no complete answer came. It is unknown whether Twilio has acted. */
export class TwilioConnectionLostError extends Error {
  override readonly name = "TwilioConnectionLostError";
  /** The code of the error, such as `ECONNRESET`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The connection to Twilio was lost (${reason})`);
    this.reason = reason;
  }
}

/** Twilio answered with HTTP 429. Has the fields of Twilio's `RestException`, which lacks `Retry-After`. */
export class TwilioTooManyRequestsError extends Error {
  override readonly name = "TwilioTooManyRequestsError";
  readonly status = 429;
  readonly code: number | undefined;
  readonly moreInfo: string | undefined;
  /** How long Twilio refuses a retry, in milliseconds; null if it does not say. */
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
