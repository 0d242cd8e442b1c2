import { expect, test } from "vitest";

import { startHouse, until } from "../start-house.ts";

const REFUSED =
  "Waiting for Home Assistant: it refuses the access token. Create a new token, or restart the app. Messages and calls are stored meanwhile.";
const LOST = "Waiting for Home Assistant: the connection was lost. Messages and calls are stored meanwhile.";
const BACK = "Connected to Home Assistant 2026.11.0.";

test("a wrong token is logged once, in a sentence without the token", async () => {
  await using house = await startHouse({ token: "wrong-token" });
  await until(() => house.fake.connections() > 3);
  expect(house.lines).toEqual([REFUSED]);
});

test("a refused token is logged at a reconnection, too, and the app retries", async () => {
  await using house = await startHouse();
  const { fake, home, lines } = house;
  await until(() => home.running);
  fake.behaviour.authInvalid = true;
  fake.disconnect(1000);
  await until(() => fake.connections() > 3);
  fake.behaviour.authInvalid = false;
  await until(() => home.running);
  expect(lines).toEqual([BACK, LOST, REFUSED, BACK]);
});

test("a refused token is retried less often than a missing Home Assistant", async () => {
  await using refused = await startHouse({ token: "wrong-token", timings: { refusedRetryMs: 60_000 } });
  await using missing = await startHouse({ behaviour: { refuseUpgrade: true } });
  await until(() => refused.lines.length > 0);
  const before = missing.fake.connections();
  await until(() => missing.fake.connections() > before + 4);
  expect(refused.fake.connections()).toBe(1);
});

test("every loss and every return is logged once, whatever the number of tries", async () => {
  await using house = await startHouse();
  const { fake, home, lines } = house;
  for (const round of [1, 2]) {
    await until(() => home.running);
    const before = fake.connections();
    fake.behaviour.refuseUpgrade = true;
    fake.disconnect();
    await until(() => fake.connections() > before + 3);
    fake.behaviour.refuseUpgrade = false;
    await until(() => home.running);
    expect(lines).toHaveLength(1 + 2 * round);
  }
  expect(lines).toEqual([BACK, LOST, BACK, LOST, BACK]);
});

test("a lasting problem is logged again after a while", async () => {
  await using house = await startHouse({ behaviour: { refuseUpgrade: true }, timings: { remindMs: 50 } });
  await until(() => house.lines.length > 1);
  expect(house.lines[0]).toBe(house.lines[1]);
});
