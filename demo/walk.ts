import type { TwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import type { House } from "./house.ts";
import { MY_NUMBER, TWILIO_NUMBER } from "./numbers.ts";

const SENT_WITHIN_MS = 30_000;

/**
 * One call, one message in, one message out; says each step as it happens and throws if one does not. The garage door is
 * closed afterwards, as it was.
 */
export async function walk(
  house: House,
  twilio: TwilioSimulator,
  say: (line: string) => void,
): Promise<void> {
  say(`1. A call: Alice (${MY_NUMBER}) calls the house (${TWILIO_NUMBER}).`);
  const opened = house.doorOpened();
  const call = await twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });
  say(`   ${await opened}`);
  say(
    `   The caller heard ${call.transcript.join("; ") || call.status}: the call was declined and costs nothing.`,
  );

  const text = "Is the window closed?";
  say(`2. A message: Alice writes "${text}"`);
  const notified = house.notified(text);
  const answer = await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: text });
  say(`   ${await notified}`);
  if (answer.status !== 200) throw new Error(`Twilio was answered with status ${answer.status}`);

  const reply = "Yes, all windows are closed.";
  say(`3. The other way: the action notify.twilio_sms sends "${reply}"`);
  const sent = twilio.requestArrived(({ path }) => path.endsWith("/Messages.json"), SENT_WITHIN_MS);
  await house.notify("twilio_sms", { message: reply, target: MY_NUMBER });
  await sent;
  say(`   Twilio has accepted the message to Alice (${MY_NUMBER}).`);
  await house.closeDoor();
}
