import type { ReportedError } from "../../domain/reported-error.ts";

/**
 * - `refused`: asking again changes nothing
 * - `forbidden`: the credentials may not ask this
 * - `conflict`: there is such a thing already
 * - `missing`: there is no such thing
 * - `busy`: nothing was done, and it may be asked again after `retryAfterMs`
 * - `away`: nothing was done, because Twilio could not be reached
 * - `doubt`: it may have been done
 */
export type CloudFailure = "refused" | "forbidden" | "conflict" | "missing" | "busy" | "away" | "doubt";

/** A request to Twilio's Functions or Sync that did not succeed. Has no cause, which may hold the credentials. */
export class CloudRequestError extends Error {
  override readonly name = "CloudRequestError";
  readonly failure: CloudFailure;
  readonly reported: ReportedError;
  /** When Twilio wants to be asked again; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(failure: CloudFailure, reported: ReportedError, retryAfterMs: number | null = null) {
    super(reported.message);
    this.failure = failure;
    this.reported = reported;
    this.retryAfterMs = retryAfterMs;
  }
}
