import { getActiveResourcesInfo } from "node:process";

import { expect, test } from "vitest";

import type { Behaviour } from "../fake/behaviour.ts";
import { startHouse, until } from "../start-house.ts";

test("when the app ends its connection to Home Assistant, open and later commands fail", async () => {
  await using house = await startHouse({ behaviour: { ignoreEvents: true } });
  const { fake, home } = house;
  await until(() => home.running);
  const fired = home.fireEvent("x", {}).catch((error: unknown) => error);
  await until(() => fake.fired.length === 1);
  await home[Symbol.asyncDispose]();
  expect(await fired).toMatchObject({ name: "HomeAssistantUnavailableError", sent: true });
  expect(home.running).toBe(false);
  await expect(home.callService("notify", "sms", {})).rejects.toMatchObject({ sent: false });
});

test.each<[string, Behaviour]>([
  ["running", {}],
  ["Core starting", { state: "STARTING" }],
  ["the server silent after the upgrade", { silent: true }],
  ["Supervisor refusing", { refuseUpgrade: true }],
  ["the token refused", { authInvalid: true }],
  ["no answer to the close", { ignoreClose: true }],
])('in the situation "%s", all sockets close when the app ends its connection', async (_name, behaviour) => {
  await using house = await startHouse({
    behaviour,
    timings: {
      authMs: 30_000,
      retryMs: 30_000,
      maxRetryMs: 30_000,
      refusedRetryMs: 30_000,
      pingEveryMs: 30_000,
    },
  });
  const { fake, home } = house;
  await until(() => fake.connections() === 1 && (home.running || Object.keys(behaviour).length > 0));
  await home[Symbol.asyncDispose]();
  await until(() => fake.openSockets() === 0);
  await until(() => !getActiveResourcesInfo().includes("TCPSocketWrap"));
});

test("when the app ends its connection, an attempt to reconnect stops", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  fake.disconnect(1000);
  await until(() => fake.connections() === 2);
  await home[Symbol.asyncDispose]();
  await until(() => fake.openSockets() === 0);
  expect(home.running).toBe(false);
  expect(fake.connections()).toBe(2);
});
