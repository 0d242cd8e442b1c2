import { expect, test } from "vitest";

import { SMS_TRIGGER, startHouse, until } from "../start-house.ts";
import type { FakeHouse } from "../start-house.ts";

const CALL = { domain: "notify", service: "sms", service_data: { target: 15551234567 } };

function listen({ home }: FakeHouse): unknown[] {
  const heard: unknown[] = [];
  home.subscribeTrigger(SMS_TRIGGER, ({ trigger }) => heard.push(trigger));
  return heard;
}

test("only events that the filter names are heard, also before Core runs", async () => {
  await using house = await startHouse({ behaviour: { state: "STARTING" } });
  const { fake, home } = house;
  const heard = listen(house);
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", { domain: "notify", service: "other" });
  fake.emit("call_service", CALL);
  await until(() => heard.length > 0);
  expect(home.running).toBe(false);
  expect(heard).toMatchObject([{ event: { data: CALL } }]);
});

test.each([1000, undefined])("is made anew after a close with %s, and once", async (code) => {
  await using house = await startHouse();
  const { fake, home } = house;
  const heard = listen(house);
  await until(() => home.running && fake.subscriptions() === 1);
  fake.disconnect(code);
  await until(() => fake.connections() === 2 && home.running && fake.subscriptions() === 1);
  fake.emit("call_service", CALL);
  await home.fireEvent("after_it", {});
  expect(heard).toHaveLength(1);
});

test("is made anew when Core ends it with an error", async () => {
  await using house = await startHouse();
  const { fake } = house;
  const heard = listen(house);
  await until(() => fake.subscriptions() === 1);
  fake.breakSubscriptions();
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", CALL);
  await until(() => heard.length > 0);
  expect(house.lines.join("\n")).toContain("Invalid JSON in response");
});

test.each([false, true])(
  "is made anew when it ends in the breath that made it (one frame: %s)",
  async (coalesce) => {
    await using house = await startHouse({ behaviour: { endNextSubscription: true, coalesce } });
    const { fake } = house;
    const heard = listen(house);
    await until(() => fake.subscriptions() === 1);
    fake.emit("call_service", CALL);
    await until(() => heard.length > 0);
    expect(fake.behaviour.endNextSubscription).toBe(false);
  },
);

test("is tried until Core agrees, said once, and ends no process", async () => {
  await using house = await startHouse({ behaviour: { refuseSubscriptions: true } });
  const { fake, lines } = house;
  listen(house);
  await until(() => fake.received.filter(({ type }) => type === "subscribe_trigger").length > 3);
  fake.behaviour.refuseSubscriptions = false;
  await until(() => fake.subscriptions() === 1);
  expect(lines.filter((line) => line.includes("a subscription"))).toHaveLength(1);
});

test("ends at Core too, even before Core had answered", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  const stop = home.subscribeTrigger(SMS_TRIGGER, () => undefined);
  stop();
  await until(() => fake.received.some(({ type }) => type === "unsubscribe_events"));
  await home.fireEvent("after_it", {});
  expect(fake.subscriptions()).toBe(0);
});

test("a listener that fails is logged and keeps no other from hearing", async () => {
  await using house = await startHouse();
  const { fake, home, lines } = house;
  home.subscribeTrigger(SMS_TRIGGER, () => {
    throw new Error("broken");
  });
  const heard = listen(house);
  await until(() => fake.subscriptions() === 2);
  fake.emit("call_service", CALL);
  await until(() => heard.length > 0);
  expect(lines.join()).toContain("broken");
});
