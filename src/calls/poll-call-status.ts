import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { TalkInput } from "./step.ts";

/**
 * While an automation waits for the result of a step on a call, the app asks Twilio this often for the call's status,
 * in milliseconds.
 */
const POLL_EVERY_MS = 5_000;
/**
 * How often the app asks for the status of a forwarded call, in milliseconds. Such a call may last for hours, and
 * Twilio reports its end by a webhook.
 */
const POLL_FORWARDED_MS = 30_000;
/**
 * After Twilio did not find the call, the app waits this long before it asks again, in milliseconds. Twilio may send
 * the first webhook of a call before Twilio's API finds the call.
 */
const UNKNOWN_RETRY_MS = 1_000;

export interface PollCallStatusOptions {
  readonly input: TalkInput | null;
  /** Asks Twilio for the status. Null if Twilio does not answer, `unknown` if Twilio has no such call. */
  readonly askStatus: () => Promise<DeliveryStatus | "unknown" | null>;
  /** Whether Twilio has sent a webhook about the call, which shows that the call exists. */
  readonly hasRecentRequest: () => boolean;
  /** Whether the app's TwiML controls the call, or Twilio waits for the app's answer. */
  readonly isControlledByApp: () => boolean;
  /**
   * Makes Twilio send the app a webhook about the call. It is needed if other TwiML than the app's controls the call.
   */
  readonly takeOver: () => Promise<unknown>;
  readonly onUnknown: () => void;
  readonly onEnded: (status: DeliveryStatus) => void;
  readonly clock: Clock;
}

/**
 * Asks Twilio again and again for the status of a call, until `signal` aborts or the call has ended. If the caller
 * hangs up, Twilio sends only a status callback, which may not reach the app. `onUnknown` is called if Twilio does not
 * find the call two times, one after the other, and has sent no webhook about it. The function then ends.
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
