import type { Clock } from "../domain/clock.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../domain/events/webhook.ts";
import type { TalkInput } from "./step.ts";

/** While a step is open, Twilio is asked whether the call still is, in milliseconds from one look to the next. */
const LOOK_EVERY_MS = 5_000;
/** A forwarded call may last for hours, and Twilio tells its end. */
const LOOK_WHILE_FORWARDED_MS = 30_000;
/** Twilio's API may know a call later than its webhook tells of it. */
const UNKNOWN_AGAIN_MS = 1_000;

export interface PollCallStatusOptions {
  readonly input: TalkInput | null;
  /** What Twilio says of the call: null where it cannot be asked, `unknown` where it knows no such call. */
  readonly askStatus: () => Promise<DeliveryStatus | "unknown" | null>;
  /** Whether Twilio has asked anything about the call: then there is one. */
  readonly hasRecentRequest: () => boolean;
  /** Whether Twilio does what the app told it, or waits for the app's answer. */
  readonly isControlledByApp: () => boolean;
  /** The call goes on without asking the app anything. */
  readonly takeOver: () => Promise<unknown>;
  readonly onUnknown: () => void;
  readonly onEnded: (status: DeliveryStatus) => void;
  readonly clock: Clock;
}

/** A caller who hangs up makes Twilio ask for nothing, and maybe no callback reaches the app. */
export async function pollCallStatus(options: PollCallStatusOptions, signal: AbortSignal): Promise<void> {
  const { clock } = options;
  const everyMs = options.input?.kind === "forward" ? LOOK_WHILE_FORWARDED_MS : LOOK_EVERY_MS;
  let unknown = 0;
  if (options.hasRecentRequest()) await clock.wait(everyMs, signal);
  while (!signal.aborted) {
    const status = await options.askStatus();
    if (signal.aborted) return;
    unknown = status === "unknown" && !options.hasRecentRequest() ? unknown + 1 : 0;
    if (unknown === 2) return options.onUnknown();
    if (status !== null && status !== "unknown") {
      if (isFinalCallStatus(status.status)) return options.onEnded(status);
      if (status.status === "in-progress" && !options.isControlledByApp()) await options.takeOver();
    }
    await clock.wait(unknown > 0 ? UNKNOWN_AGAIN_MS : everyMs, signal);
  }
}
