import { expect, test } from "vitest";

import type { WebhookFields, WebhookKind } from "../../src/domain/events/webhook.ts";
import type { EventHandover, WebhookToSave } from "../../src/inbound/ports.ts";
import { createWebhookReceiver } from "../../src/inbound/receive-webhook.ts";
import type { Novelty } from "../../src/inbound/webhook-key.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";

const MESSAGE = { MessageSid: "SM1", From: "+1", To: "+2", Body: "Hello" };
const STATUS = { MessageSid: "SM1", MessageStatus: "delivered" };

interface World {
  readonly reportStrangers?: boolean;
  /** Whether all numbers of the contacts are known. */
  readonly isComplete?: boolean;
  readonly novelty?: Novelty;
  readonly isDiskFull?: boolean;
  readonly handover?: (count: number) => EventHandover;
}

function receiverIn({
  reportStrangers = true,
  isComplete = true,
  novelty = "new",
  isDiskFull,
  handover,
}: World = {}) {
  const saved: WebhookToSave[] = [];
  const reports: string[] = [];
  const receiver = createWebhookReceiver({
    webhookId: "house",
    reportStrangers,
    contacts: { isComplete: () => isComplete },
    recognize: (address) => (address === "+19" ? { name: "Alice", isVerified: true } : null),
    store: {
      saveWebhook(webhook, take) {
        if (isDiskFull === true) return Promise.reject(new Error("disk full"));
        saved.push(webhook);
        take?.([]);
        return Promise.resolve(novelty);
      },
      isKnown: () => false,
    },
    deliveries: {
      requestIdOf: () => "request",
      saveSid: (reference, sid) => Promise.resolve(void reports.push(`${reference} is ${sid}`)),
      hasSentTo: () => false,
    },
    calls: { partiesOf: () => null },
    ourNumbers: {
      save: (number) => Promise.resolve(void reports.push(`reached ${number?.kind} ${number?.address}`)),
    },
    listener: {
      eventsSaved(count) {
        reports.push("event");
        return handover?.(count) ?? null;
      },
      eventsCommitted() {},
      newWebhook: () => void reports.push("new"),
      statusChanged: (sid) => void reports.push(`status of ${sid}`),
      webhookSaved: ({ MessageSid }) => void reports.push(`saved ${MessageSid}`),
    },
    ...SYSTEM_PARTS,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });

  async function receive(kind: WebhookKind, fields: WebhookFields): Promise<void> {
    const key = { sid: "SM1", key: "SM1:x", identicalWebhook: null, signature: "s" };
    const isStatus = kind === "message_status";
    const route = isStatus ? "message_status" : "webhook";
    await receiver.receive(fields, key, {
      kind,
      route,
      reference: isStatus ? "ref" : null,
      receivedAt: 1_000,
      isStale: false,
    });
  }

  return { receiver, receive, saved, reports };
}

test.each([
  [
    "is stored to be fired if messages from strangers are reported",
    "+1",
    { reportStrangers: true },
    "pending",
  ],
  [
    "is stored, but not to be fired, if messages from strangers are ignored",
    "+1",
    { reportStrangers: false },
    "kept",
  ],
  [
    "waits for Home Assistant while not all contacts' numbers are known",
    "+1",
    { reportStrangers: false, isComplete: false },
    "pending",
  ],
] as const)("a message from a stranger %s", async (_title, From, world, state) => {
  const { receive, saved, reports } = receiverIn(world);
  await receive("message", { ...MESSAGE, From });
  expect(saved).toMatchObject([{ initialState: state }]);
  expect(reports.includes("event")).toBe(state === "pending");
});

test("a message from a contact fires an event even if strangers are ignored", async () => {
  const { receive, saved } = receiverIn({ reportStrangers: false });
  await receive("message", { ...MESSAGE, From: "+19" });
  expect(saved).toMatchObject([{ initialState: "pending" }]);
});

test("after a new message is on the disk, the app notes that webhooks of the message's number arrive", async () => {
  const { receive, reports } = receiverIn();
  await receive("message", MESSAGE);
  expect(reports).toEqual(["event", "new", "reached message +2", "saved SM1"]);
});

test("for a repeated message, the app does not note that webhooks of the number arrive, but reports the message's fields again", async () => {
  const { receive, reports } = receiverIn({ novelty: "repeated" });
  await receive("message", MESSAGE);
  expect(reports).toEqual(["event", "saved SM1"]);
});

test("only when the age of a message has been verified does the app note that webhooks of the message's number arrive", async () => {
  const { receiver, receive, reports } = receiverIn({ novelty: "age_unverified" });
  await receive("message", MESSAGE);
  expect(reports).toEqual(["event", "saved SM1"]);
  await receiver.confirmNew("SM1");
  await receiver.confirmNew("SM1");
  expect(reports.slice(2)).toEqual(["new", "reached message +2"]);
});

test("a status callback stores Twilio's SID of the message that the app sent, and reports the new status", async () => {
  const { receive, saved, reports } = receiverIn();
  await receive("message_status", STATUS);
  expect(saved).toMatchObject([
    {
      status: { sid: "SM1", reported: { status: "delivered" } },
      events: [{ data: { request_id: "request" } }],
    },
  ]);
  expect(reports).toContain("ref is SM1");
  expect(reports).toContain("status of SM1");
});

test("a webhook that cannot be stored is not acknowledged, and the app reports it neither as new nor as stored", async () => {
  const { receive, reports } = receiverIn({ isDiskFull: true });
  await expect(receive("message", MESSAGE)).rejects.toThrow("disk full");
  expect(reports).toEqual(["event"]);
});

test.each([false, true])(
  "the part that fires events is told of a new event before the commit, and gets it only after the commit (full disk: %s)",
  async (isDiskFull) => {
    const steps: string[] = [];
    const { receive } = receiverIn({
      isDiskFull,
      handover(count) {
        steps.push(`begin ${count}`);
        return { take: () => void steps.push("take"), end: () => void steps.push("end") };
      },
    });
    await receive("message", MESSAGE).catch(() => undefined);
    expect(steps).toEqual(isDiskFull ? ["begin 1", "end"] : ["begin 1", "take", "end"]);
  },
);
