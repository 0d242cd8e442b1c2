import { expect, test } from "vitest";

import type { WebhookFields, WebhookReceipt } from "../../../src/domain/events/webhook.ts";
import type { InboundWebhook } from "../../../src/twilio/webhooks/inbound-source.ts";
import { createWebhookRefusal } from "../../../src/twilio/webhooks/verify/refuse-webhook.ts";
import { createWebhookIntake } from "../../../src/twilio/webhooks/webhook-intake.ts";
import { clockWith } from "../../clock-with.ts";
import { signWebhook } from "../../twilio-simulator/webhooks/sign-webhook.ts";

const TOKEN = "the auth token";
const ACCOUNT = `AC${"0".repeat(32)}`;
const MESSAGE = {
  AccountSid: ACCOUNT,
  MessageSid: `SM${"1".repeat(32)}`,
  From: "+1",
  To: "+2",
  Body: "Hello",
  NumMedia: "0",
};
const TALK = { AccountSid: ACCOUNT, CallSid: `CA${"1".repeat(32)}` };
/** The only public address in these tests. */
const BASE = "https://queue.example";
/** A URL for the next step of a call that began before the journal was lost. */
const LOST_TALK = "/talk?s=lost";

/** An intake of webhooks from a queue, without an HTTP server and without a learnt public address. */
function intakeOfQueue({ isDiskFull = false, hasTwilioSids = true } = {}) {
  const received: (WebhookReceipt & { readonly fields: WebhookFields; readonly key: string })[] = [];
  const log: string[] = [];
  const clock = clockWith({ now: () => 5_000 });
  const logger = {
    debug() {},
    info() {},
    warning: (message: string) => void log.push(message),
    error: (message: string) => void log.push(message),
  };
  const say = (twiml: string) => () => Promise.resolve(twiml);
  const intake = createWebhookIntake({
    account: { accountSid: ACCOUNT, tokens: [TOKEN], isProvider: false, hasTwilioSids },
    confirmation: { considerAddress: () => void log.push("learns a public address") },
    receiver: {
      receive(fields, { key }, receipt) {
        if (isDiskFull) return Promise.reject(new Error("disk full"));
        received.push({ fields, key, ...receipt });
        return Promise.resolve();
      },
    },
    answers: {
      answer: say("<Response/>"),
      answerQuestion: say("<Say/>"),
      answerConnected: say("<Say/>"),
      endCall: say("<Hangup/>"),
    },
    talkAddresses: { read: (target) => ({ kind: target === LOST_TALK ? "lost" : "foreign" }) },
    onWrongSignature: (accountSid) => void log.push(`wrong signature of ${accountSid}`),
    refuse: createWebhookRefusal({
      onRefused: (status, isSigned) => void log.push(`${status} ${isSigned}`),
      logger,
    }),
    clock,
    logger,
  });

  function webhook(parameters: Record<string, string>, over: Partial<InboundWebhook> = {}): InboundWebhook {
    const { path = "/webhook", query = "" } = over;
    return {
      route: "webhook",
      path,
      query,
      isPathAsWritten: true,
      isPost: true,
      json: null,
      parameters,
      signature: signWebhook(TOKEN, BASE + path + query, parameters),
      idempotencyToken: undefined,
      receivedAt: 1_000,
      isStale: false,
      arrival: intake.noteArrival(),
      source: {
        origin: { sender: "the queue", path, isSigned: true },
        base: null,
        answerBy: null,
        checkAddress: (target, check) =>
          Promise.resolve(
            check.find([BASE + target]) === null
              ? { ok: false, problem: "its signature does not fit the queue" }
              : { ok: true, evidence: null },
          ),
        onVerified: () => void log.push("verified"),
      },
      ...over,
    };
  }

  return { intake, webhook, received, log };
}

test("a message that arrives from any source, here a queue, is stored with its time of arrival, and then answered", async () => {
  const { intake, webhook, received, log } = intakeOfQueue();
  expect(await intake.answer(webhook(MESSAGE))).toEqual({ kind: "twiml", twiml: "<Response/>" });
  expect(received).toEqual([
    {
      fields: MESSAGE,
      key: `${MESSAGE.MessageSid}:received`,
      kind: "message",
      route: "webhook",
      reference: null,
      receivedAt: 1_000,
      isStale: false,
    },
  ]);
  expect(log).toEqual(["verified"]);
});

test("a status is stored with the secret reference in its URL, and answered without TwiML", async () => {
  const { intake, webhook, received } = intakeOfQueue();
  const status = { AccountSid: ACCOUNT, MessageSid: MESSAGE.MessageSid, MessageStatus: "sent" };
  const over = { route: "message_status", path: "/status/message", query: "?ref=abc" } as const;
  expect(await intake.answer(webhook(status, over))).toEqual({ kind: "stored" });
  expect(received).toMatchObject([{ kind: "message_status", reference: "abc" }]);
});

test("a webhook that Twilio signed for another public address is refused, counted, and logged with its sender", async () => {
  const { intake, webhook, received, log } = intakeOfQueue();
  const signature = signWebhook(TOKEN, "https://home.example/webhook", MESSAGE);
  const reason = "its signature does not fit the queue";
  expect(await intake.answer(webhook(MESSAGE, { signature }))).toEqual({
    kind: "refused",
    status: 403,
    reason,
  });
  expect(received).toEqual([]);
  expect(log).toEqual([
    `wrong signature of ${ACCOUNT}`,
    "403 true",
    `Refused a request to /webhook from the queue with 403: ${reason}.`,
  ]);
});

test("a webhook that asks for a call's next step is refused if the app did not make its URL", async () => {
  const { intake, webhook, received } = intakeOfQueue();
  const answer = await intake.answer(webhook(TALK, { route: "talk", path: "/talk", query: "?s=1" }));
  expect(answer).toMatchObject({ kind: "refused", status: 400 });
  expect(received).toEqual([]);
});

test("a call is answered although a provider's call SIDs have another form than Twilio's", async () => {
  const { intake, webhook } = intakeOfQueue({ hasTwilioSids: false });
  const fields = { ...TALK, CallSid: "0f8fad5b-d9cb-469f-a165-70867728950e" };
  const over = { route: "talk", path: "/talk", query: "?s=lost" } as const;
  expect(await intake.answer(webhook(fields, over))).toEqual({ kind: "twiml", twiml: "<Hangup/>" });
});

test.each([
  ["no call SID", ""],
  ["a call SID in another form than Twilio's", "0f8fad5b-d9cb-469f-a165-70867728950e"],
])("a request of Twilio for a call's next step is refused if it has %s", async (_what, sid) => {
  const { intake, webhook } = intakeOfQueue();
  const over = { route: "talk", path: "/talk", query: "?s=lost" } as const;
  const answer = await intake.answer(webhook({ ...TALK, CallSid: sid }, over));
  expect(answer).toMatchObject({ kind: "refused", status: 400 });
});

test.each([
  ["its account", JSON.stringify({ AccountSid: ACCOUNT }), ACCOUNT],
  ["no account if its JSON is broken", "{", "undefined"],
])("a JSON webhook with a wrong signature is reported with %s", async (_what, json, reported) => {
  const { intake, webhook, log } = intakeOfQueue();
  const answer = await intake.answer(webhook({}, { json, signature: "wrong" }));
  expect(answer).toMatchObject({ kind: "refused", status: 403 });
  expect(log).toContain(`wrong signature of ${reported}`);
});

test("a webhook that cannot be stored is not answered", async () => {
  const { intake, webhook } = intakeOfQueue({ isDiskFull: true });
  await expect(intake.answer(webhook(MESSAGE))).rejects.toThrow("disk full");
});
