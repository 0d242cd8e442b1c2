import { sendStatus, type SendStatus } from "../../domain/events/send-status.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { CreatedAt, UnverifiedSid } from "../../inbound/verify-age.ts";
import type { SentItem } from "../../outbound/delivery/match-sent-item.ts";
import type { SendRequest } from "../../outbound/delivery/send-request.ts";
import type { TwilioApi } from "../rest/client.ts";
import { failureStatus, tryList } from "../rest/outcome.ts";
import { fetchCallStatus } from "../send/live-calls.ts";

/** More has not been sent to one recipient in the minutes that a look-up is about. */
const MOST_LOOKED_AT = 100;

/** A number of the account, as far as the app needs it. */
export interface AccountNumber {
  readonly number: string;
  readonly messages: boolean;
  readonly calls: boolean;
  /** Where Twilio reports messages and calls to; empty where it does not. */
  readonly smsUrl: string;
  readonly voiceUrl: string;
}

/** What stands in the account at Twilio. Everything here only reads, so that it may be asked as often as one likes. */
export function createAccountLists(api: () => Promise<TwilioApi>) {
  return {
    /** What Twilio has for the recipient of `request`, newest first. */
    sentTo: ({ command, to }: SendRequest): Promise<ListAnswer<SentItem>> =>
      tryList(async () => {
        const { account } = await api();
        const query = { to, limit: MOST_LOOKED_AT };
        switch (command) {
          case "send_message":
            return (await account.messages.list(query)).map((message) => sentItem(message, message.body));
          case "make_call":
            return (await account.calls.list(query)).map((call) => sentItem(call, null));
        }
      }),
    /** How far a message or call is; null where Twilio cannot be asked. */
    async statusOf(sid: string, { command }: SendRequest): Promise<SendStatus | null> {
      try {
        const twilio = await api();
        switch (command) {
          case "send_message":
            return sendStatus(await twilio.account.messages(sid).fetch());
          case "make_call":
            return await fetchCallStatus(twilio, sid);
        }
      } catch {
        return null;
      }
    },
    /** @throws what Twilio's client throws */
    async numbers(): Promise<AccountNumber[]> {
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
    /** When a message or call was made. @throws what Twilio's client throws where Twilio is away */
    async createdAt({ sid, isCall }: UnverifiedSid): Promise<CreatedAt> {
      try {
        const { account } = await api();
        const found = isCall ? await account.calls(sid).fetch() : await account.messages(sid).fetch();
        return found.dateCreated.getTime();
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
): SentItem {
  return {
    sid,
    from,
    body,
    status,
    segments: numSegments === undefined ? null : Number(numSegments),
    isOutbound: direction.startsWith("outbound"),
    createdAt: dateCreated.getTime(),
  };
}
