import type { SessionInstruction } from "../../calls/instruction.ts";
import { sendStatus, type SendStatus } from "../../domain/events/send-status.ts";
import type { TwilioApi } from "../rest/client.ts";
import { failureStatus } from "../rest/outcome.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";

/** What can be asked and changed of a call that goes on. `publicAddress`: where Twilio reaches the app. */
export function createLiveCalls(
  api: () => Promise<TwilioApi>,
  publicAddress: () => string | null,
  talkAddress: WriteTalkAddress,
) {
  return {
    /** How far a call is: null where Twilio cannot be asked, `unknown` where it knows no such call. */
    async askStatus(callSid: string): Promise<SendStatus | "unknown" | null> {
      try {
        return await fetchCallStatus(await api(), callSid);
      } catch (error) {
        return failureStatus(error) === 404 ? "unknown" : null;
      }
    },
    /** Makes a call that does something else ask the app what comes next; false where it cannot. */
    async takeOver({
      callSid,
      terms,
      silentSince,
      turn,
    }: Extract<SessionInstruction, { readonly kind: "hold" }>): Promise<boolean> {
      const base = publicAddress();
      if (base === null) return false;
      try {
        const { account } = await api();
        const url = talkAddress(base, { call: callSid, step: "hold", terms, silentSince, turn });
        await account.calls(callSid).update({ url, method: "POST" });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/**
 * How far a call is.
 *
 * @throws what Twilio's client throws
 */
export async function fetchCallStatus({ account }: TwilioApi, sid: string): Promise<SendStatus> {
  const { status, answeredBy, duration } = await account.calls(sid).fetch();
  return sendStatus({ status, answeredBy, duration });
}
