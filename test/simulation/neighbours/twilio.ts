import { createAlarmNotes } from "../alarms/alarm-notes.ts";
import type { People } from "../alarms/people.ts";
import type { RandomStreams } from "../machine/random-streams.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { History, ReceivedItem, SentWebhook } from "../model/history.ts";
import { requestIdIn } from "../model/request-id.ts";
import type { Network } from "../network/network.ts";
import type { Receiving } from "../schedule/schedule.ts";
import type { HomeAssistant } from "./home-assistant.ts";
import { createRelay } from "./relay.ts";
import type { Relay } from "./relay.ts";
import {
  ACCOUNT_SID,
  createTwilioAccount,
  NO_CONTROLS,
  OURS,
  PUBLIC_URL,
  RELAY_URL,
} from "./twilio-account.ts";
import type { TwilioCall, TwilioMessage } from "./twilio-account.ts";
import { createTwilioApi } from "./twilio-api.ts";
import type { TwilioApi } from "./twilio-api.ts";
import { createTwilioCalls } from "./twilio-calls.ts";
import { createTwilioWebhooks } from "./twilio-webhooks.ts";
import type { TwilioWebhooks } from "./twilio-webhooks.ts";

export interface Twilio {
  readonly api: TwilioApi;
  readonly relay: Relay;
  readonly webhooks: TwilioWebhooks;
  /**
   * A person writes to the account's number. `ms` is the time of the webhook's first attempt, one way. Without it, it
   * is random.
   */
  receiveMessage(from: string, body: string, ms?: number): void;
  /** A person calls the account's number. */
  receiveCall(from: string): void;
  /** All callers hang up whose calls were answered. */
  hangUp(): void;
}

export interface TwilioOptions {
  readonly network: Network;
  readonly home: HomeAssistant;
  readonly receiving: Receiving;
  readonly scheduler: Scheduler;
  readonly streams: RandomStreams;
  /** The time of Twilio's clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly history: History;
  /** The people whom alarms call. */
  readonly people: Pick<People, "pickUp" | "keys" | "callEnded" | "getText">;
}

/** The URL to which the webhooks of the account's number go, or null if there is none. */
const BASES: Readonly<Record<Receiving, string | null>> = {
  port: PUBLIC_URL,
  relay: RELAY_URL,
  polling: null,
};
/** How late Twilio's lists show something, in milliseconds. Some messages come later. */
const LAG_MS = 6_000;
const LONG_LAG_MS = 90_000;
/** The statuses of a message, in order. */
const MESSAGE_STATUSES = ["queued", "sent", "delivered"];

/** Creates Twilio as the app sees it: its API, webhooks that come twice, late or never, and calls. */
export function createTwilio(options: TwilioOptions): Twilio {
  const { network, home, receiving, scheduler, streams, now, history, people } = options;
  const alarmNotes = createAlarmNotes(history.alarms, scheduler);
  const base = BASES[receiving];
  const random = streams("Twilio");
  const account = createTwilioAccount(streams("SIDs"), now);
  const relay = createRelay({
    home,
    onNoted(sid, overdueMs) {
      const item = history.received.find((one) => one.sid === sid);
      item?.notes.push({ at: scheduler.elapsed(), overdueMs });
    },
    scheduler,
    random: streams("relay"),
    now,
    onOverdue: (path) => void history.faults.push(`the relay did not answer ${path} within 8.6 s`),
  });
  const webhooks = createTwilioWebhooks({
    network,
    relay,
    scheduler,
    random: streams("webhooks"),
    onUnanswered: (target) => void history.faults.push(`no answer to ${target} within 15 s`),
    onRefused: (target, status) =>
      void history.faults.push(`the app refused ${target} of Twilio with ${status}`),
  });
  const calls = createTwilioCalls({
    scheduler,
    random: streams("calls"),
    webhooks,
    base,
    report: reportCall,
    people,
    onAway: (callSid) => void history.awayCalls.push(callSid),
    onSaid: ({ sid }, text) => void history.saidTexts.push({ callSid: sid, text, at: scheduler.elapsed() }),
    onEnded: ({ sid }) => void history.endedCalls.push({ callSid: sid, at: scheduler.elapsed() }),
    onFault: (fault) => void history.faults.push(fault),
  });
  const api = createTwilioApi({
    account,
    base,
    random: streams("API"),
    onPost: (form) => {
      const requestId = requestIdIn(form.get("Body") ?? "") ?? requestIdIn(form.get("To") ?? "");
      if (requestId !== null) history.posts.push({ requestId, at: scheduler.elapsed() });
      alarmNotes.post(form);
    },
    onPoll: () => void (history.pollingSince ??= pollingSince()),
    onMessage(message) {
      if (!alarmNotes.item("message", message, message.body))
        noteSent("message", message, requestIdIn(message.body));
      people.getText(message.to, message.body);
      void reportMessage(message);
    },
    onCall(call, instructions) {
      if (!alarmNotes.item("call", call, instructions.twiml))
        noteSent("call", call, requestIdIn(instructions.twiml) ?? requestIdIn(call.to));
      void calls.place(call, instructions);
    },
  });

  /** A life that starts on a full disk begins to poll when it can open its database. */
  function pollingSince(): number | null {
    const { lives, fullDisk } = history;
    const startedAt = lives.at(-1)?.startedAt ?? null;
    if (startedAt === null) return null;
    const wasFull = fullDisk.some(({ from, to }) => from <= startedAt && startedAt < to);
    return wasFull ? scheduler.elapsed() : startedAt;
  }
  function noteSent(
    kind: "message" | "call",
    { sid, to }: { sid: string; to: string },
    requestId: string | null,
  ) {
    if (requestId === null) history.faults.push(`Twilio was asked for a ${kind} that no automation wants`);
    else history.sent.push({ kind, sid, to, requestId, at: scheduler.elapsed() });
  }

  function noteReceived(
    kind: ReceivedItem["kind"],
    { sid, createdAt, listedAt }: Pick<TwilioMessage, "sid" | "createdAt" | "listedAt">,
  ): void {
    const at = scheduler.elapsed();
    history.received.push({ kind, sid, at, listedAt: at + listedAt - createdAt, notes: [] });
  }

  function noteWebhook(kind: SentWebhook["kind"], sid: string, status: string | null): SentWebhook {
    const webhook: SentWebhook = { kind, sid, status, sentAt: scheduler.elapsed(), acceptedAt: null };
    history.webhooks.push(webhook);
    return webhook;
  }

  async function reportMessage(message: TwilioMessage): Promise<void> {
    let after = 0;
    for (const status of MESSAGE_STATUSES) {
      after += between(random, 100, 4_000);
      scheduler.after(after, () => {
        message.status = status;
        void reportStatus("message status", message, {
          MessageSid: message.sid,
          MessageStatus: status,
          SmsSid: message.sid,
          SmsStatus: status,
        });
      });
    }
  }

  function reportCall(call: TwilioCall): void {
    const { sid, status, direction, duration } = call;
    const isFinal = duration !== null;
    alarmNotes.status(call);
    void reportStatus("call status", call, {
      CallSid: sid,
      CallStatus: status,
      Direction: direction,
      CallbackSource: "call-progress-events",
      ...(isFinal ? { CallDuration: duration } : {}),
    });
  }

  async function reportStatus(
    kind: "message status" | "call status",
    { sid, status, from, to, statusCallback }: TwilioMessage | TwilioCall,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    if (statusCallback === "") return;
    const webhook = noteWebhook(kind, sid, status);
    const answer = await webhooks.send(statusCallback, {
      AccountSid: ACCOUNT_SID,
      From: from,
      To: to,
      ...fields,
    });
    // For this callback, the relay does not wait for the app. Home Assistant has accepted the post, even if nobody
    // listened.
    if (statusCallback.startsWith(RELAY_URL) && kind === "message status") return;
    if (typeof answer === "object" && answer.status < 300) webhook.acceptedAt ??= scheduler.elapsed();
  }

  async function sendMessageWebhook(message: TwilioMessage, ms: number | undefined): Promise<void> {
    const { sid, from, to, body } = message;
    if (base === null) return;
    const webhook = noteWebhook("message", sid, null);
    const answer = await webhooks.send(
      `${base}/webhook`,
      {
        AccountSid: ACCOUNT_SID,
        ApiVersion: "2010-04-01",
        Body: body,
        From: from,
        MessageSid: sid,
        NumMedia: "0",
        NumSegments: "1",
        SmsMessageSid: sid,
        SmsSid: sid,
        SmsStatus: "received",
        To: to,
      },
      ms,
    );
    if (typeof answer === "object" && answer.status < 300) webhook.acceptedAt ??= scheduler.elapsed();
  }

  function arrived(from: string) {
    const createdAt = now();
    return {
      direction: "inbound" as const,
      from,
      to: OURS,
      createdAt,
      listedAt: createdAt + between(random, 0, random.below(4) === 0 ? LONG_LAG_MS : LAG_MS),
      statusCallback: "",
    };
  }

  return {
    api,
    relay,
    webhooks,
    receiveMessage(from, body, ms) {
      const message = { ...arrived(from), sid: account.newSid("SM"), body, status: "received" };
      account.messages.push(message);
      noteReceived("message", message);
      void sendMessageWebhook(message, ms);
    },
    hangUp() {
      for (const call of account.calls)
        if (call.direction === "inbound" && call.status === "in-progress") call.end("completed");
    },
    receiveCall(from) {
      const call = {
        ...arrived(from),
        sid: account.newSid("CA"),
        status: "ringing",
        duration: null,
        ...NO_CONTROLS,
      };
      account.calls.push(call);
      noteReceived("incoming call", call);
      if (base === null) return;
      const webhook = noteWebhook("incoming call", call.sid, null);
      void calls.receive(call, (isAnswered) => {
        if (isAnswered) webhook.acceptedAt ??= scheduler.elapsed();
      });
    },
  };
}
