import { sendStatus } from "../domain/send-status.ts";
import type { SendStatus } from "../domain/send-status.ts";
import type { TwilioApi } from "./twilio-client.ts";

/**
 * How far a call is.
 *
 * @throws what Twilio's client throws
 */
export async function fetchCallStatus({ account }: TwilioApi, sid: string): Promise<SendStatus> {
  const { status, answeredBy, duration } = await account.calls(sid).fetch();
  return sendStatus({ status, answeredBy, duration });
}
