import { expect, test } from "vitest";

import { corePlatformsLoaded } from "../../../src/home-assistant/core-platforms.ts";
import { listenForNotifyCalls } from "../../../src/home-assistant/events/notify-calls.ts";
import type { NotifyCall } from "../../../src/outbound/notify/notify-call.ts";
import { startHouse, until } from "../start-house.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

test("the app receives the actions of all its notifiers with one subscription, and no other actions", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  const calls: NotifyCall[] = [];
  listenForNotifyCalls({
    connection: home,
    notifiers: ["sms", "call"],
    logger: SILENT,
    onCall: (call) => calls.push(call),
  });
  await until(() => fake.subscriptions() > 0);
  expect(fake.subscriptions()).toBe(1);
  fake.emit("call_service", { domain: "light", service: "sms", service_data: {} });
  fake.emit("call_service", { domain: "notify", service: "phone", service_data: { message: "no" } });
  fake.emit("call_service", {
    domain: "notify",
    service: "sms",
    service_data: { message: 15, target: 22395 },
  });
  fake.emit("call_service", { domain: "notify", service: "call", service_data: { message: "hi" } });
  await until(() => calls.length > 1);
  expect(calls).toEqual([
    { notifier: "sms", message: "15", target: [22395], mediaUrls: [] },
    { notifier: "call", message: "hi", target: [], mediaUrls: [] },
  ]);
});

test("without a notifier in the options, the app does not subscribe to actions", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  listenForNotifyCalls({ connection: home, notifiers: [], logger: SILENT, onCall: () => undefined })();
  await until(() => home.running);
  await home.fireEvent("after_it", {});
  expect(fake.received.map(({ type }) => type)).not.toContain("subscribe_trigger");
});

test("one of Core's own Twilio integrations counts as loaded only if its notify platform is among the loaded components", () => {
  expect(corePlatformsLoaded(["twilio", "twilio_sms.notify"])).toEqual({ sms: true, call: false });
  expect(corePlatformsLoaded(["notify", "twilio_call.notify"])).toEqual({ sms: false, call: true });
  expect(corePlatformsLoaded(["twilio", "twilio_sms"])).toEqual({ sms: false, call: false });
});
