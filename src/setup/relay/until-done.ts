import type { Clock } from "../../domain/clock.ts";
import { CloudRequestError } from "./cloud-request-error.ts";

/** The pauses between attempts, in milliseconds. */
const TRY_AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Repeats a request to Twilio until it succeeds, until a retry cannot help, or until `signal` aborts. There are at most
 * five retries. `work` may be repeated after Twilio has already created the resource, so it must look for the resource
 * first.
 *
 * @throws the error of the last attempt, usually a `CloudRequestError`
 */
export async function untilDone<Result>(
  work: () => Promise<Result>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const waitMs = TRY_AGAIN_MS[tried];
      if (!(error instanceof CloudRequestError) || waitMs === undefined || !isTransient(error)) throw error;
      await clock.wait(error.retryAfterMs ?? waitMs, signal);
      if (signal.aborted) throw error;
    }
  }
}

function isTransient({ failure }: CloudRequestError): boolean {
  switch (failure) {
    case "conflict":
    case "busy":
    case "away":
    case "doubt":
      return true;
    case "refused":
    case "forbidden":
    case "missing":
      return false;
  }
}
