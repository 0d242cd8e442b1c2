import type { CallResource, MessageResource } from "../twilio-simulator/api/resources.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

/** The number of a phone to which no message is delivered. */
export const SWITCHED_OFF = "+12125550199";

const LOOK_MS = 20;

/**
 * Runs `work`, and advances the messages and calls that the app sends meanwhile. Messages are delivered, except to
 * `SWITCHED_OFF`. Nobody answers a call, so that the steps for that case run, too.
 */
export async function whileAdvancing(twilio: TwilioSimulator, work: () => Promise<unknown>): Promise<void> {
  const all = (): readonly (MessageResource | CallResource)[] => [...twilio.messages(), ...twilio.calls()];
  const known = new Set(all().map(({ sid }) => sid));
  let advancing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    for (const { sid, to, direction } of all()) {
      if (known.has(sid) || !direction.startsWith("outbound")) continue;
      known.add(sid);
      advancing = advancing.then(() => (sid.startsWith("CA") ? ring(sid) : carry(sid, to)));
    }
  }, LOOK_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await advancing;
  }

  async function carry(sid: string, to: string): Promise<void> {
    await twilio.advanceMessage(sid, "sent");
    if (to === SWITCHED_OFF) await twilio.advanceMessage(sid, "undelivered", "30003");
    else await twilio.advanceMessage(sid, "delivered");
  }

  async function ring(sid: string): Promise<void> {
    await twilio.advanceCall(sid, "ringing");
    await twilio.advanceCall(sid, "no-answer");
  }
}
