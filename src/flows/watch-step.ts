import { isFinalCallState } from "../domain/classify-webhook.ts";
import type { SendStatus } from "../domain/send-status.ts";

/** While a step is open, Twilio is asked whether the call still is, in milliseconds from one look to the next. */
export const LOOK_EVERY_MS = 5_000;

export interface WatchStepOptions {
  /** What Twilio says of the call: null where it cannot be asked, `unknown` where it knows no such call. */
  readonly askStatus: () => Promise<SendStatus | "unknown" | null>;
  /** Whether the first look can wait: Twilio and the app are in touch. */
  readonly isInTouch: boolean;
  /** The call goes on, without asking the app anything. */
  readonly takeOver: () => Promise<unknown>;
  readonly isOurs: () => boolean;
  readonly onUnknown: () => void;
  readonly onEnded: (status: SendStatus) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A caller who hangs up makes Twilio ask for nothing, and maybe no callback reaches the app. */
export async function watchStep(options: WatchStepOptions, signal: AbortSignal): Promise<void> {
  const { wait } = options;
  if (options.isInTouch) await wait(LOOK_EVERY_MS, signal);
  while (!signal.aborted) {
    const status = await options.askStatus();
    if (signal.aborted) return;
    if (status === "unknown") return options.onUnknown();
    if (status !== null && isFinalCallState(status.status)) return options.onEnded(status);
    if (status?.status === "in-progress" && !options.isOurs()) await options.takeOver();
    await wait(LOOK_EVERY_MS, signal);
  }
}
