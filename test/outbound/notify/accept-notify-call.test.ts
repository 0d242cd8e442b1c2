import { expect, test } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import type { OutgoingEvent } from "../../../src/domain/events/outgoing-event.ts";
import { englishWords } from "../../../src/domain/notification.ts";
import type { Notification } from "../../../src/domain/notification.ts";
import type { CommandInput } from "../../../src/outbound/intake/make-command.ts";
import { createNotifyCallAcceptor } from "../../../src/outbound/notify/accept-notify-call.ts";
import type { AcceptNotifyCallOptions } from "../../../src/outbound/notify/accept-notify-call.ts";
import type { Notifier } from "../../../src/outbound/notify/notify-call.ts";

const NOTIFIER: Notifier = {
  name: "sms",
  type: "sms",
  fromNumber: "+15005550006",
  besideCore: false,
  targets: ["Alice"],
};
const CALL = { notifier: "sms", message: "hi", target: [], mediaUrls: [] };

function acceptor(over: Partial<AcceptNotifyCallOptions> = {}) {
  const reported: OutgoingEvent[] = [];
  const raised: Notification[] = [];
  const asked: CommandInput[] = [];
  const accept = createNotifyCallAcceptor({
    notifiers: [NOTIFIER],
    watch: { pausedBecause: () => null },
    makeCommand(one) {
      asked.push(one);
      return Promise.resolve({ ...one, deadline: 0, deliveries: [] });
    },
    language: () => "en-US",
    results: {
      report: (data) => Promise.resolve(void reported.push({ type: "twilio_result", kind: null, data })),
    },
    notifications: { raise: (notification) => void raised.push(notification) },
    chance: { ...SYSTEM_CHANCE, uuid: () => "1" },
    logger: { debug() {}, info() {}, warning() {}, error() {} },
    ...over,
  });
  return { accept, reported, raised, asked };
}

test("a notify action without a target sends to the targets in the notifier's options", async () => {
  const { accept, asked, reported, raised } = acceptor();
  expect(await accept(CALL, 1)).toMatchObject({ requestId: "notify_1", origin: "notify.sms" });
  expect(asked[0]?.to).toEqual(["Alice"]);
  expect([...reported, ...raised]).toEqual([]);
});

test("a failure inside the app during a notify action is reported with a result", async () => {
  const { accept, reported, raised } = acceptor({
    makeCommand: () => Promise.reject(new Error("out of memory")),
  });
  expect(await accept(CALL, 1)).toBeNull();
  expect(reported).toMatchObject([
    { type: "twilio_result", data: { ok: false, command: "send_message", error: { code: "app_failed" } } },
  ]);
  expect(raised.map(englishWords)).toMatchObject([{ message: expect.stringContaining("out of memory") }]);
});

test("a notify action of a paused notifier is reported with the reason for the pause", async () => {
  const { accept, reported, raised } = acceptor({ watch: { pausedBecause: () => "it is paused." } });
  expect(await accept(CALL, 1)).toBeNull();
  expect(reported).toMatchObject([{ data: { ok: false, error: { code: "paused" } } }]);
  const message = "An automation used notify.sms, but nothing was sent: it is paused.";
  expect(raised.map(({ id }) => id)).toEqual(["twilio_nothing_sent_sms_paused"]);
  expect(raised.map(englishWords)).toMatchObject([{ message }]);
});

test("a notify action of another integration is ignored", async () => {
  const { accept, reported, raised } = acceptor();
  expect(await accept({ ...CALL, notifier: "phone" }, 1)).toBeNull();
  expect([...reported, ...raised]).toEqual([]);
});
