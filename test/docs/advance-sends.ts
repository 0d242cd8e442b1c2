import type { CallResource, MessageResource } from "../twilio-simulator/api/resources.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

/** A phone that nothing is delivered to. */
export const SWITCHED_OFF = "+12125550199";

const LOOK_MS = 20;

/**
 * Does `work` with Twilio's side of everything that it sends: messages are delivered (not to `SWITCHED_OFF`), and nobody
 * answers any call, so that what is meant for that case happens as well.
 */
export async function whileAdvancing(twilio: TwilioSimulator, work: () => Promise<unknown>): Promise<void> {
  const all = (): readonly (MessageResource | CallResource)[] => [...twilio.messages(), ...twilio.calls()];
  const seen = new Set(all().map(({ sid }) => sid));
  let advancing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    for (const { sid, to, direction } of all()) {
      if (seen.has(sid) || !direction.startsWith("outbound")) continue;
      seen.add(sid);
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
