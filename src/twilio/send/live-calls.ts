import type { LiveCalls } from "../../calls/ports.ts";
import { deliveryStatusOf, type DeliveryStatus } from "../../domain/events/delivery-status.ts";
import type { TwilioApi } from "../rest/client.ts";
import { failureStatus } from "../rest/outcome.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";

/**
 * Creates the functions that read the status of calls in progress and redirect them to the app. `publicAddress` returns
 * null while the app does not know its public URL.
 */
export function createLiveCalls(
  api: () => Promise<TwilioApi>,
  publicAddress: () => string | null,
  talkAddress: WriteTalkAddress,
): LiveCalls {
  return {
    async askStatus(callSid) {
      try {
        return await fetchCallStatus(await api(), callSid);
      } catch (error) {
        return failureStatus(error) === 404 ? "unknown" : null;
      }
    },
    async takeOver({ callSid, terms, silentSince, turn, holds }) {
      const base = publicAddress();
      if (base === null) return false;
      try {
        const { account } = await api();
        const state = { call: callSid, step: "hold", terms, silentSince, turn, holds };
        const url = talkAddress(base, state);
        await account.calls(callSid).update({ url, method: "POST" });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/**
 * Fetches the status of a call from Twilio.
 *
 * @throws the errors of Twilio's client
 */
export async function fetchCallStatus({ account }: TwilioApi, sid: string): Promise<DeliveryStatus> {
  const { status, answeredBy, duration } = await account.calls(sid).fetch();
  return deliveryStatusOf({ status, answeredBy, duration });
}
