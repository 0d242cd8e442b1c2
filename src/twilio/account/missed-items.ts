import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MissedItem, OurNumber } from "../../inbound/backfill/missed-item.ts";
import type { LearnableAddress, MissedItems, MissedItemsQuery } from "../../inbound/ports.ts";
import { isWebhookOf } from "../../setup/number-webhooks.ts";
import type { TwilioApi } from "../rest/client.ts";
import { tryList } from "../rest/outcome.ts";
import type { AccountNumber } from "./lists.ts";

/** Twilio's lists of what came in. `accountNumbers` and `address` say which numbers Twilio reports to this app. */
export function createMissedItems(
  api: () => Promise<TwilioApi>,
  accountNumbers: () => Promise<readonly AccountNumber[]>,
  address: Pick<LearnableAddress, "current">,
): MissedItems {
  return {
    fetch: (query) => tryList(async () => await missedItems(await api(), query)),
    configuredNumbers: () =>
      tryList(async () => {
        const base = address.current();
        return base === null ? [] : (await accountNumbers()).flatMap((number) => numbersAt(base, number));
      }),
  };
}

/** What of a number's messages and calls Twilio reports to the app. */
function numbersAt(base: string, { number, smsUrl, voiceUrl }: AccountNumber): OurNumber[] {
  return [
    ...(isWebhookOf(base, smsUrl) ? [{ kind: "message" as const, address: number }] : []),
    ...(isWebhookOf(base, voiceUrl) ? [{ kind: "call" as const, address: number }] : []),
  ];
}

async function missedItems(
  { account }: TwilioApi,
  { kind, to, since, limit }: MissedItemsQuery,
): Promise<MissedItem[]> {
  // Twilio filters by whole days.
  const day = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth(), since.getUTCDate()));
  const items =
    kind === "message"
      ? (await account.messages.list({ to, dateSentAfter: day, limit })).map((message) =>
          listed(message, messageFields(message)),
        )
      : (await account.calls.list({ to, startTimeAfter: day, limit })).map((call) =>
          listed(call, callFields(call)),
        );
  return items
    .filter(({ direction, dateCreated }) => direction === "inbound" && dateCreated >= since)
    .map(({ sid, fields, dateCreated }) => ({
      kind: kind === "message" ? "message" : "incoming_call",
      sid,
      fields: present(fields),
      createdAt: dateCreated,
    }));
}

type Fields = Readonly<Record<string, string | null | undefined>>;

function listed(
  {
    sid,
    direction,
    dateCreated,
  }: { readonly sid: string; readonly direction: string; readonly dateCreated: Date },
  fields: Fields,
) {
  return { sid, direction, dateCreated, fields };
}

interface FetchedMessage {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly numMedia: string;
  readonly numSegments: string;
  readonly messagingServiceSid: string;
  readonly apiVersion: string;
}

function messageFields(message: FetchedMessage) {
  const { sid } = message;
  return {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: message.accountSid,
    MessagingServiceSid: message.messagingServiceSid,
    From: message.from,
    To: message.to,
    Body: message.body,
    NumMedia: message.numMedia,
    NumSegments: message.numSegments,
    SmsStatus: "received",
    ApiVersion: message.apiVersion,
  };
}

interface FetchedCall {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly direction: string;
  readonly duration: string;
  readonly forwardedFrom: string;
  readonly callerName: string;
  readonly parentCallSid: string;
  readonly apiVersion: string;
}

function callFields(call: FetchedCall) {
  return {
    CallSid: call.sid,
    AccountSid: call.accountSid,
    From: call.from,
    To: call.to,
    CallStatus: call.status,
    Direction: call.direction,
    CallDuration: call.duration,
    ForwardedFrom: call.forwardedFrom,
    CallerName: call.callerName,
    ParentCallSid: call.parentCallSid,
    ApiVersion: call.apiVersion,
  };
}

function present(fields: Fields): WebhookFields {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])),
  );
}
