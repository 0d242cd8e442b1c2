import type { ReportedError } from "../../domain/reported-error.ts";

/**
 * Why a request to Twilio's Functions or Sync failed.
 *
 * - `refused`: a retry cannot help
 * - `forbidden`: the credentials do not allow the request
 * - `conflict`: what should be created exists already
 * - `missing`: the requested resource does not exist
 * - `busy`: Twilio did nothing; a retry may succeed after `retryAfterMs`
 * - `away`: Twilio could not be reached, so it did nothing
 * - `doubt`: it is unknown whether Twilio has acted
 */
export type CloudFailure = "refused" | "forbidden" | "conflict" | "missing" | "busy" | "away" | "doubt";

/** A request to Twilio's Functions or Sync that failed. It has no `cause`, which could contain the credentials. */
export class CloudRequestError extends Error {
  override readonly name = "CloudRequestError";
  readonly failure: CloudFailure;
  readonly reported: ReportedError;
  /** When Twilio accepts a retry, in milliseconds from now; null if Twilio does not say. */
  readonly retryAfterMs: number | null;

  constructor(failure: CloudFailure, reported: ReportedError, retryAfterMs: number | null = null) {
    super(reported.message);
    this.failure = failure;
    this.reported = reported;
    this.retryAfterMs = retryAfterMs;
  }
}
