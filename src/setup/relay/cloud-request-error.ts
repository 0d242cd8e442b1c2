import type { ReportedError } from "../../domain/reported-error.ts";

/**
 * Why a request to Twilio's Functions or Sync failed.
 *
 * - `refused`: Twilio refused the request, and a retry cannot help
 * - `forbidden`: the credentials do not allow the request
 * - `conflict`: the resource that the request would create exists already
 * - `missing`: the requested resource does not exist
 * - `busy`: Twilio did nothing, and a retry may succeed after `retryAfterMs`
 * - `away`: the app could not reach Twilio, so Twilio did nothing
 * - `doubt`: it is unknown whether Twilio carried out the request
 */
export type CloudFailure = "refused" | "forbidden" | "conflict" | "missing" | "busy" | "away" | "doubt";

/** A failed request to Twilio's Functions or Sync. It has no `cause`, because a cause could contain the credentials. */
export class CloudRequestError extends Error {
  override readonly name = "CloudRequestError";
  readonly failure: CloudFailure;
  readonly reported: ReportedError;
  /** The time until Twilio accepts a retry, in milliseconds; null if Twilio does not say. */
  readonly retryAfterMs: number | null;

  constructor(failure: CloudFailure, reported: ReportedError, retryAfterMs: number | null = null) {
    super(reported.message);
    this.failure = failure;
    this.reported = reported;
    this.retryAfterMs = retryAfterMs;
  }
}
