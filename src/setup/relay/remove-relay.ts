import type { Clock } from "../../domain/clock.ts";
import type { NumberSettings } from "../number-webhooks.ts";
import { askHomeAssistant } from "./ask-home-assistant.ts";
import { CloudRequestError } from "./cloud-request-error.ts";
import { createFormerSettings } from "./former-settings.ts";
import type { FunctionHosting, HouseWebhook, SyncHosting } from "./ports.ts";
import type { RelayNumbers } from "./relay-numbers.ts";
import type { DeployedRelay, RelayMemory } from "./relay-record.ts";
import { setUpError } from "./set-up-error.ts";
import type { RelayWorkContext } from "./set-up-relay.ts";
import { untilDone } from "./until-done.ts";

/**
 * Before it removes the relay, the app waits at most this long for the end of calls that automations control, in
 * milliseconds. Twilio still needs the relay for these calls.
 */
const MOST_CALL_MS = 5 * 60_000;
const CALL_POLL_MS = 2_000;

export interface RemoveRelayOptions {
  readonly house: Pick<HouseWebhook, "remove">;
  readonly hosting: FunctionHosting;
  readonly sync: SyncHosting;
  readonly numbers: Pick<RelayNumbers, "restore">;
  readonly memory: RelayMemory;
  /** The name of the relay's Service at Twilio. Rejects if Home Assistant does not answer. */
  readonly name: () => Promise<string>;
  /** The number of calls that automations control at present. */
  readonly heldCalls: () => number;
  readonly onChanged: () => void;
  readonly clock: Clock;
}

/**
 * Creates a function that removes the relay (the app's small program at Twilio). First, numbers that still use the
 * relay get their earlier settings. Then the function waits at most five minutes for the end of calls that automations
 * control. Finally, it deletes the relay, its Sync service and its cloudhook. If a request to Twilio fails, the
 * function rejects with a `CloudRequestError`. The next run of the function removes the rest.
 */
export function createRelayRemover(options: RemoveRelayOptions) {
  const { house, hosting, sync, numbers, memory, heldCalls, clock } = options;

  return async function remove({ onStep, signal }: RelayWorkContext): Promise<void> {
    const record = memory.get();
    if (record === null) return;
    const { deployed, webhookId } = record;
    if (deployed !== null) {
      onStep("numbers_back");
      const former = createFormerSettings(hosting, deployed);
      const base = `https://${deployed.domain}`;
      await untilDone(
        async () => numbers.restore(base, await former.read().catch(noneIfGone)),
        clock,
        signal,
      );
      onStep("calls");
      await untilNoCallIsHeld(signal);
    }
    onStep("removal");
    await untilDone(() => removeServices(deployed), clock, signal);
    // If Home Assistant does not answer, its cloudhook stays. Nobody knows the cloudhook's URL any more, so it does no
    // harm.
    await house.remove(webhookId).catch(() => undefined);
    memory.set(null);
    options.onChanged();
  };

  /**
   * Deletes the Service of Functions and the Sync service. If an interrupted set-up created them, they are found by
   * their name.
   */
  async function removeServices(deployed: DeployedRelay | null): Promise<void> {
    const name = deployed === null ? await askHomeAssistant(options.name) : "";
    const service = deployed?.service ?? (await hosting.findService(name));
    if (service !== null) await hosting.removeService(service);
    const answers = deployed?.answers ?? (await sync.findService(name));
    if (answers !== null) await sync.removeService(answers);
  }

  async function untilNoCallIsHeld(signal: AbortSignal): Promise<void> {
    const giveUpAt = clock.monotonic() + MOST_CALL_MS;
    while (heldCalls() > 0 && clock.monotonic() < giveUpAt) {
      await clock.wait(CALL_POLL_MS, signal);
      if (signal.aborted)
        throw setUpError("app_stopped", "The app was stopped while a call needed the relay");
    }
  }
}

/**
 * Returns no settings if Twilio no longer has the relay. Rethrows every other error. Otherwise, the app would delete the
 * numbers' former settings without having read them.
 */
function noneIfGone(error: unknown): ReadonlyMap<string, NumberSettings> {
  if (error instanceof CloudRequestError && error.failure === "missing") return new Map();
  throw error;
}
