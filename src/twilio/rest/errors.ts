/**
 * No byte of the request can have left: name look-up, connecting or TLS failed. Like the other errors here it says
 * why in a word, and keeps no cause: what Node throws may hold the request with its credentials.
 */
export class TwilioUnreachableError extends Error {
  override readonly name = "TwilioUnreachableError";
  /** Such as `ECONNREFUSED`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`Twilio cannot be reached (${reason})`);
    this.reason = reason;
  }
}

/** The connection stood and no whole answer came: whether Twilio acted is not known. */
export class TwilioConnectionLostError extends Error {
  override readonly name = "TwilioConnectionLostError";
  /** Such as `ECONNRESET`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The connection to Twilio broke (${reason})`);
    this.reason = reason;
  }
}

/** Twilio answered with HTTP 429. In the shape of Twilio's own `RestException`, which drops `Retry-After`. */
export class TwilioTooManyRequestsError extends Error {
  override readonly name = "TwilioTooManyRequestsError";
  readonly status = 429;
  readonly code: number | undefined;
  readonly moreInfo: string | undefined;
  /** When Twilio wants to be asked again; null where it does not say. */
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
