import type { TwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";

const LOOK_MS = 250;

/**
 * Simulates the telephone network and the recipients. It delivers messages, so that `wait_for: delivered` succeeds. It
 * ends a call that nobody answers on the telephone's page when its ringing time is over.
 */
export function playNetwork(
  twilio: TwilioSimulator,
  { secondMs = 1_000, lookMs = LOOK_MS } = {},
): Disposable {
  const ringingSince = new Map<string, number>();
  const delivered = new Set<string>();
  // A report that the app does not accept is lost, as at Twilio.
  const ignore = (): void => {};

  const timer = setInterval(() => {
    for (const { sid, direction, status } of twilio.messages()) {
      if (direction === "inbound" || delivered.has(sid) || status !== "queued") continue;
      delivered.add(sid);
      void deliver(sid);
    }
    for (const { sid, direction, status } of twilio.calls()) {
      if (direction === "inbound" || !["queued", "ringing"].includes(status)) continue;
      const since = ringingSince.get(sid) ?? Date.now();
      ringingSince.set(sid, since);
      if (Date.now() - since >= twilio.ringSeconds(sid) * secondMs)
        void twilio.call(sid).hangUp().catch(ignore);
    }
  }, lookMs);

  async function deliver(sid: string): Promise<void> {
    await twilio.advanceMessage(sid, "sent").catch(ignore);
    await twilio.advanceMessage(sid, "delivered").catch(ignore);
  }

  return { [Symbol.dispose]: () => clearInterval(timer) };
}
