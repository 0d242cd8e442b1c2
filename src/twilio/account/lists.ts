import { deliveryStatusOf } from "../../domain/events/delivery-status.ts";
import type { AgeSource } from "../../inbound/ports.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import { toLocalTime } from "../../inbound/twilio-time.ts";
import type { SentItem } from "../../outbound/delivery/match-sent-item.ts";
import type { SentItemSource, StatusSource } from "../../outbound/ports.ts";
import type { TwilioApi } from "../rest/client.ts";
import { failureStatus, tryList } from "../rest/outcome.ts";
import { fetchCallStatus } from "../send/live-calls.ts";

/**
 * How many messages or calls to one recipient a look-up reads. From the start of a delivery until the end of its
 * look-up, the app never sends this many to one recipient.
 */
const MOST_LOOKED_AT = 100;

/** One number of the account, with the data that the app needs. */
export interface AccountNumber {
  readonly number: string;
  readonly messages: boolean;
  readonly calls: boolean;
  /** The number's webhook URL for messages; empty if the number has none. `voiceUrl`: the webhook URL for calls. */
  readonly smsUrl: string;
  readonly voiceUrl: string;
}

/** The lists of the account at Twilio. All functions only read, so they can be repeated. */
export interface AccountLists extends SentItemSource, StatusSource, AgeSource {
  /**
   * Lists the account's numbers.
   *
   * @throws the errors of Twilio's client
   */
  numbers(): Promise<AccountNumber[]>;
}

/** Creates the functions that read the account's messages, calls and numbers by Twilio's REST API. */
export function createAccountLists(api: () => Promise<TwilioApi>, twilioClock: TwilioClock): AccountLists {
  return {
    sentTo: ({ command, to }) =>
      tryList(async () => {
        const { account } = await api();
        const query = { to, limit: MOST_LOOKED_AT };
        switch (command) {
          case "send_message":
            return (await account.messages.list(query)).map((message) =>
              sentItem(message, message.body, twilioClock),
            );
          case "make_call":
            return (await account.calls.list(query)).map((call) => sentItem(call, null, twilioClock));
        }
      }),
    async statusOf(sid, { command }) {
      try {
        const twilio = await api();
        switch (command) {
          case "send_message":
            return deliveryStatusOf(await twilio.account.messages(sid).fetch());
          case "make_call":
            return await fetchCallStatus(twilio, sid);
        }
      } catch {
        return null;
      }
    },
    async numbers() {
      const { account } = await api();
      const numbers = await account.incomingPhoneNumbers.list({ limit: 1000 });
      return numbers.map(({ phoneNumber, capabilities, smsUrl, voiceUrl }) => ({
        number: phoneNumber,
        messages: capabilities.sms,
        calls: capabilities.voice,
        smsUrl: smsUrl ?? "",
        voiceUrl: voiceUrl ?? "",
      }));
    },
    async createdAt({ sid, isCall }) {
      try {
        const { account } = await api();
        const found = isCall ? await account.calls(sid).fetch() : await account.messages(sid).fetch();
        return toLocalTime(found.dateCreated.getTime(), twilioClock);
      } catch (error) {
        const status = failureStatus(error);
        if (status === 401 || status === 403) return "forbidden";
        if (status !== null && status >= 400 && status < 500 && status !== 429) return "unknown";
        throw error;
      }
    },
  };
}

interface Listable {
  readonly sid: string;
  readonly from: string;
  readonly status: string;
  readonly direction: string;
  readonly dateCreated: Date;
  readonly numSegments?: string;
}

function sentItem(
  { sid, from, status, direction, dateCreated, numSegments }: Listable,
  body: string | null,
  twilioClock: TwilioClock,
): SentItem {
  return {
    sid,
    from,
    body,
    status,
    segments: numSegments === undefined ? null : Number(numSegments),
    isOutbound: direction.startsWith("outbound"),
    createdAt: toLocalTime(dateCreated.getTime(), twilioClock),
  };
}
