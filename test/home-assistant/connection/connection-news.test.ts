import { expect, test } from "vitest";

import { startHouse, until } from "../start-house.ts";

const REFUSED =
  "Waiting for Home Assistant: it refuses the access token. Create a new token, or restart the app. Until then, the app stores messages and calls.";
const LOST =
  "Waiting for Home Assistant: the connection was lost. Until then, the app stores messages and calls.";
const BACK = "Connected to Home Assistant 2026.11.0.";

test("if Home Assistant refuses the access token, the refusal is logged once, in a sentence without the token", async () => {
  await using house = await startHouse({ token: "wrong-token" });
  await until(() => house.fake.connections() > 3);
  expect(house.lines).toEqual([REFUSED]);
});

test("if the token is refused at a reconnection, the refusal is also logged, and the app tries again", async () => {
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

test("the app retries more rarely after a refused token than while Home Assistant is missing", async () => {
  await using refused = await startHouse({ token: "wrong-token", timings: { refusedRetryMs: 60_000 } });
  await using missing = await startHouse({ behaviour: { refuseUpgrade: true } });
  await until(() => refused.lines.length > 0);
  const before = missing.fake.connections();
  await until(() => missing.fake.connections() > before + 4);
  expect(refused.fake.connections()).toBe(1);
});

test("each loss and each return of the connection to Home Assistant is logged once, however many attempts are made", async () => {
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

test("if Home Assistant is still not connected after a while, the app logs again that the connection is missing", async () => {
  await using house = await startHouse({ behaviour: { refuseUpgrade: true }, timings: { remindMs: 50 } });
  await until(() => house.lines.length > 1);
  expect(house.lines[0]).toBe(house.lines[1]);
});
