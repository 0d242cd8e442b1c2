import { expect, test } from "vitest";

import { SMS_TRIGGER, startHouse, until } from "../start-house.ts";
import type { FakeHouse } from "../start-house.ts";

const CALL = { domain: "notify", service: "sms", service_data: { target: 15551234567 } };

function listen({ home }: FakeHouse): unknown[] {
  const received: unknown[] = [];
  home.subscribeTrigger(SMS_TRIGGER, ({ trigger }) => received.push(trigger));
  return received;
}

test("a subscription receives only the events that match its filter, even before Core has started completely", async () => {
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

test.each([1000, undefined])(
  "after the connection was closed with the code %s, each subscription is made again, one time",
  async (code) => {
    await using house = await startHouse();
    const { fake, home } = house;
    const received = listen(house);
    await until(() => home.running && fake.subscriptions() === 1);
    fake.disconnect(code);
    await until(() => fake.connections() === 2 && home.running && fake.subscriptions() === 1);
    fake.emit("call_service", CALL);
    await home.fireEvent("after_it", {});
    expect(received).toHaveLength(1);
  },
);

test("if Core ends a subscription with an error, the app subscribes again", async () => {
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
  "if Core ends a subscription right after it began, the app subscribes again (both messages in one frame: %s)",
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

test("if Core refuses a subscription, the app retries until Core accepts it, and logs the refusal once", async () => {
  await using house = await startHouse({ behaviour: { refuseSubscriptions: true } });
  const { fake, lines } = house;
  listen(house);
  await until(() => fake.received.filter(({ type }) => type === "subscribe_trigger").length > 3);
  fake.behaviour.refuseSubscriptions = false;
  await until(() => fake.subscriptions() === 1);
  expect(
    lines.filter((line) => line.includes("has ended or refused a subscription of the app")),
  ).toHaveLength(1);
});

test("when the app ends a subscription, Core ends it too, even if Core had not answered yet", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  const stop = home.subscribeTrigger(SMS_TRIGGER, () => undefined);
  stop();
  await until(() => fake.received.some(({ type }) => type === "unsubscribe_events"));
  await home.fireEvent("after_it", {});
  expect(fake.subscriptions()).toBe(0);
});

test("an error in one listener of a subscription is logged and does not affect the other listeners", async () => {
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
