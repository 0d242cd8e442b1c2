import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { TalkInput } from "./step.ts";

/** How often Twilio is asked for the status of a call while a step is open, in milliseconds. */
const POLL_EVERY_MS = 5_000;
/**
 * How often the status of a forwarded call is polled, in milliseconds. Such a call may last for hours, and Twilio
 * reports its end.
 */
const POLL_FORWARDED_MS = 30_000;
/** The wait before asking again, in milliseconds. Twilio's API may not find a call yet when its first webhook arrives. */
const UNKNOWN_RETRY_MS = 1_000;

export interface PollCallStatusOptions {
  readonly input: TalkInput | null;
  /** The status at Twilio: null if Twilio gives no answer, `unknown` if it has no such call. */
  readonly askStatus: () => Promise<DeliveryStatus | "unknown" | null>;
  /** Whether Twilio has sent a webhook about the call, so that the call must exist. */
  readonly hasRecentRequest: () => boolean;
  /** Whether Twilio is doing a step of the app, or waits for an answer of the app. */
  readonly isControlledByApp: () => boolean;
  /** Redirects a call to the app if the call goes on without webhooks. */
  readonly takeOver: () => Promise<unknown>;
  readonly onUnknown: () => void;
  readonly onEnded: (status: DeliveryStatus) => void;
  readonly clock: Clock;
}

/**
 * Polls the status of a call until `signal` aborts or the call has ended. If a caller hangs up, Twilio sends no further
 * webhook, and its status callback may not reach the app. Calls `onUnknown` after two answers `unknown`.
 */
export async function pollCallStatus(options: PollCallStatusOptions, signal: AbortSignal): Promise<void> {
  const { clock } = options;
  const everyMs = options.input?.kind === "forward" ? POLL_FORWARDED_MS : POLL_EVERY_MS;
  let unknownCount = 0;
  if (options.hasRecentRequest()) await clock.wait(everyMs, signal);
  while (!signal.aborted) {
    const status = await options.askStatus();
    if (signal.aborted) return;
    unknownCount = status === "unknown" && !options.hasRecentRequest() ? unknownCount + 1 : 0;
    if (unknownCount === 2) return options.onUnknown();
    if (status !== null && status !== "unknown") {
      if (isFinalCallStatus(status.status)) return options.onEnded(status);
      if (status.status === "in-progress" && !options.isControlledByApp()) await options.takeOver();
    }
    await clock.wait(unknownCount > 0 ? UNKNOWN_RETRY_MS : everyMs, signal);
  }
}
