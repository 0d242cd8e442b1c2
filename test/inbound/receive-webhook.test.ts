import { expect, test } from "vitest";

import type { WebhookFields, WebhookKind } from "../../src/domain/events/webhook.ts";
import type { WebhookToSave } from "../../src/inbound/ports.ts";
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
}

function receiverIn({ reportStrangers = true, isComplete = true, novelty = "new", isDiskFull }: World = {}) {
  const saved: WebhookToSave[] = [];
  const told: string[] = [];
  const receiver = createWebhookReceiver({
    webhookId: "house",
    reportStrangers,
    contacts: { contactOf: (address) => (address === "+19" ? "Alice" : null), isComplete: () => isComplete },
    store: {
      saveWebhook(webhook) {
        if (isDiskFull === true) return Promise.reject(new Error("disk full"));
        saved.push(webhook);
        return Promise.resolve(novelty);
      },
    },
    deliveries: {
      requestIdOf: () => "request",
      saveSid: (reference, sid) => Promise.resolve(void told.push(`${reference} is ${sid}`)),
    },
    calls: { partiesOf: () => null },
    ourNumbers: {
      save: (number) => Promise.resolve(void told.push(`reached ${number?.kind} ${number?.address}`)),
    },
    listener: {
      eventSaved: () => void told.push("event"),
      newWebhook: () => void told.push("new"),
      statusChanged: (sid) => void told.push(`status of ${sid}`),
      webhookSaved: ({ MessageSid }) => void told.push(`saved ${MessageSid}`),
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

  return { receiver, receive, saved, told };
}

test.each([
  ["waits for Home Assistant if strangers are reported", "+1", { reportStrangers: true }, "pending"],
  ["is only stored if strangers are ignored", "+1", { reportStrangers: false }, "kept"],
  [
    "waits for Home Assistant while not all contacts' numbers are known",
    "+1",
    { reportStrangers: false, isComplete: false },
    "pending",
  ],
] as const)("a message from a stranger %s", async (_title, From, world, state) => {
  const { receive, saved, told } = receiverIn(world);
  await receive("message", { ...MESSAGE, From });
  expect(saved).toMatchObject([{ initialState: state }]);
  expect(told.includes("event")).toBe(state === "pending");
});

test("a message from a contact waits for Home Assistant though strangers are ignored", async () => {
  const { receive, saved } = receiverIn({ reportStrangers: false });
  await receive("message", { ...MESSAGE, From: "+19" });
  expect(saved).toMatchObject([{ initialState: "pending" }]);
});

test("a new message shows that its number is reached, and is told of once all is on disk", async () => {
  const { receive, told } = receiverIn();
  await receive("message", MESSAGE);
  expect(told).toEqual(["event", "new", "reached message +2", "saved SM1"]);
});

test("a repeated message shows nothing, but may tell what the first one told", async () => {
  const { receive, told } = receiverIn({ novelty: "repeated" });
  await receive("message", MESSAGE);
  expect(told).toEqual(["event", "saved SM1"]);
});

test("a message whose age is not known yet shows only later that its number is reached", async () => {
  const { receiver, receive, told } = receiverIn({ novelty: "unproven" });
  await receive("message", MESSAGE);
  expect(told).toEqual(["event", "saved SM1"]);
  await receiver.confirmNew("SM1");
  await receiver.confirmNew("SM1");
  expect(told.slice(2)).toEqual(["new", "reached message +2"]);
});

test("a status of ours tells whose it is, and that it has changed", async () => {
  const { receive, saved, told } = receiverIn();
  await receive("message_status", STATUS);
  expect(saved).toMatchObject([
    { status: { sid: "SM1", told: { status: "delivered" } }, events: [{ data: { request_id: "request" } }] },
  ]);
  expect(told).toContain("ref is SM1");
  expect(told).toContain("status of SM1");
});

test("what cannot be stored is not acknowledged, and nobody is told of it", async () => {
  const { receive, told } = receiverIn({ isDiskFull: true });
  await expect(receive("message", MESSAGE)).rejects.toThrow("disk full");
  expect(told).toEqual(["event"]);
});
