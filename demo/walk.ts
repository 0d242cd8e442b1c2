import type { TwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import type { House } from "./house.ts";
import { MY_NUMBER, TWILIO_NUMBER } from "./numbers.ts";

const SENT_WITHIN_MS = 30_000;

/**
 * The demo's own check: one incoming call, one incoming message and one outgoing message. It passes each step to `say`
 * and closes the garage door at the end.
 *
 * @throws {Error} if a step fails
 */
export async function walk(
  house: House,
  twilio: TwilioSimulator,
  say: (line: string) => void,
): Promise<void> {
  say(`1. Alice (${MY_NUMBER}) calls the house (${TWILIO_NUMBER}).`);
  const opened = house.doorOpened();
  const call = await twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });
  say(`   ${await opened}`);
  say(
    `   Alice heard ${call.transcript.join("; ") || call.status}. The call was rejected, so it costs nothing.`,
  );

  const text = "Is the window closed?";
  say(`2. Alice writes a message: "${text}"`);
  const notified = house.notified(text);
  const answer = await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: text });
  say(`   ${await notified}`);
  if (answer.status !== 200) throw new Error(`The app answered Twilio with status ${answer.status}`);

  const reply = "Yes, all windows are closed.";
  say(`3. Home Assistant answers with the action notify.twilio_sms: "${reply}"`);
  const sent = twilio.requestArrived(({ path }) => path.endsWith("/Messages.json"), SENT_WITHIN_MS);
  await house.notify("twilio_sms", { message: reply, target: MY_NUMBER });
  await sent;
  say(`   Twilio has accepted the message to Alice (${MY_NUMBER}).`);
  await house.closeDoor();
}
