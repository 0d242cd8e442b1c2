import type { TwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import type { House } from "./house.ts";
import { MY_NUMBER, TWILIO_NUMBER } from "./numbers.ts";

const SENT_WITHIN_MS = 30_000;

/** One call, one message in, one message out; says each step as it happens and throws if one does not. */
export async function walk(
  house: House,
  twilio: TwilioSimulator,
  say: (line: string) => void,
): Promise<void> {
  say(`1. A call: ${MY_NUMBER} rings ${TWILIO_NUMBER}.`);
  const opened = house.doorOpened();
  const call = await twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });
  say(`   ${await opened}`);
  say(`   The caller heard: ${call.transcript.join("; ") || call.status}. The call costs nothing.`);

  const text = "Is the window closed?";
  say(`2. A message: ${MY_NUMBER} writes "${text}"`);
  const notified = house.notified(text);
  const answer = await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: text });
  say(`   ${await notified}`);
  say(`   Twilio was answered with ${answer.status} ${answer.body.replace(/^<\?xml[^>]*>\s*/, "")}`);

  const reply = "Yes, all windows are closed.";
  say(`3. The other way: an automation calls notify.twilio_sms with "${reply}"`);
  const sent = twilio.requestArrived(({ path }) => path.endsWith("/Messages.json"), SENT_WITHIN_MS);
  await house.notify("twilio_sms", { message: reply, target: MY_NUMBER });
  await sent;
  say(`   Twilio has it: message to ${MY_NUMBER}, "${reply}"`);
}
