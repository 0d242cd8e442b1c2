import { expect, test } from "vitest";

import { SMS_TRIGGER, startHouse, until } from "../start-house.ts";
import type { FakeHouse } from "../start-house.ts";

const CALL = { domain: "notify", service: "sms", service_data: { target: 15551234567 } };

function listen({ home }: FakeHouse): unknown[] {
  const received: unknown[] = [];
  home.subscribeTrigger(SMS_TRIGGER, ({ trigger }) => received.push(trigger));
  return received;
}

test("only events that match the filter are received, also before Core runs", async () => {
  await using house = await startHouse({ behaviour: { state: "STARTING" } });
  const { fake, home } = house;
  const received = listen(house);
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", { domain: "notify", service: "other" });
  fake.emit("call_service", CALL);
  await until(() => received.length > 0);
  expect(home.running).toBe(false);
  expect(received).toMatchObject([{ event: { data: CALL } }]);
});

test.each([1000, undefined])("a subscription is made again once after a close with %s", async (code) => {
  await using house = await startHouse();
  const { fake, home } = house;
  const received = listen(house);
  await until(() => home.running && fake.subscriptions() === 1);
  fake.disconnect(code);
  await until(() => fake.connections() === 2 && home.running && fake.subscriptions() === 1);
  fake.emit("call_service", CALL);
  await home.fireEvent("after_it", {});
  expect(received).toHaveLength(1);
});

test("a subscription is made again when Core ends it with an error", async () => {
  await using house = await startHouse();
  const { fake } = house;
  const received = listen(house);
  await until(() => fake.subscriptions() === 1);
  fake.breakSubscriptions();
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", CALL);
  await until(() => received.length > 0);
  expect(house.lines.join("\n")).toContain("Invalid JSON in response");
});

test.each([false, true])(
  "a subscription is made again when it ends right after its start (one frame: %s)",
  async (coalesce) => {
    await using house = await startHouse({ behaviour: { endNextSubscription: true, coalesce } });
    const { fake } = house;
    const received = listen(house);
    await until(() => fake.subscriptions() === 1);
    fake.emit("call_service", CALL);
    await until(() => received.length > 0);
    expect(fake.behaviour.endNextSubscription).toBe(false);
  },
);

test("a refused subscription is retried until Core accepts, and logged once", async () => {
  await using house = await startHouse({ behaviour: { refuseSubscriptions: true } });
  const { fake, lines } = house;
  listen(house);
  await until(() => fake.received.filter(({ type }) => type === "subscribe_trigger").length > 3);
  fake.behaviour.refuseSubscriptions = false;
  await until(() => fake.subscriptions() === 1);
  expect(lines.filter((line) => line.includes("a subscription"))).toHaveLength(1);
});

test("a subscription is ended at Core, also before Core has answered", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  const stop = home.subscribeTrigger(SMS_TRIGGER, () => undefined);
  stop();
  await until(() => fake.received.some(({ type }) => type === "unsubscribe_events"));
  await home.fireEvent("after_it", {});
  expect(fake.subscriptions()).toBe(0);
});

test("an error in one listener is logged and does not affect the others", async () => {
  await using house = await startHouse();
  const { fake, home, lines } = house;
  home.subscribeTrigger(SMS_TRIGGER, () => {
    throw new Error("broken");
  });
  const received = listen(house);
  await until(() => fake.subscriptions() === 2);
  fake.emit("call_service", CALL);
  await until(() => received.length > 0);
  expect(lines.join()).toContain("broken");
});
