import { expect, test, vi } from "vitest";

import { createTestClock } from "../app/create-test-clock.ts";
import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";

/** The machine may be busy, so wait as long as the test's own time limit allows. */
const until = <Result>(check: () => Result) => vi.waitFor(check, { timeout: 18_000, interval: 10 });

const OPTIONS = {
  contacts: [{ name: "Alice", number: THEIRS }],
  notifiers: [{ name: "alarm", type: "sms", from_number: OURS, targets: "Alice" }],
};

/** Sends a message with the sender ID Alice, which anybody can buy. */
async function writeAsAlice(house: TestHouse): Promise<void> {
  await house.twilio.receiveMessage({ from: "Alice", to: OURS, body: "hi" });
  await until(() => expect(house.fired("twilio_data_received")).toMatchObject([{ From: "Alice" }]));
}

async function recipient(house: TestHouse): Promise<unknown> {
  await until(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
  return house.twilio.requests().at(-1)?.form["To"];
}

test("after a text from somebody with the sender ID Alice, a call to the name Alice still goes to the contact Alice", async () => {
  await using house = await startHouse(OPTIONS);
  await writeAsAlice(house);
  house.request({ command: "make_call", payload: { to: "Alice", say: "Fire" } });
  expect(await recipient(house)).toBe(THEIRS);
});

test("after a text from somebody with the sender ID Alice, a notifier's message still goes to the contact Alice", async () => {
  await using house = await startHouse(OPTIONS);
  await writeAsAlice(house);
  house.home.emit("call_service", { domain: "notify", service: "alarm", service_data: { message: "Fire" } });
  expect(await recipient(house)).toBe(THEIRS);
});

test("after a text from somebody with the sender ID Alice, a message to the number of the contact Alice is still sent", async () => {
  await using house = await startHouse(OPTIONS);
  await writeAsAlice(house);
  house.request({ command: "send_message", payload: { to: THEIRS, message: "Fire" } });
  expect(await recipient(house)).toBe(THEIRS);
});

test("ten minutes after a text from somebody with the sender ID Alice, a message to the name Alice goes to the contact again", async () => {
  const clock = createTestClock();
  await using house = await startHouse(OPTIONS, {}, { clock });
  await writeAsAlice(house);
  using stopped = clock.stop();
  stopped.advance(601_000);
  house.request({ command: "send_message", payload: { to: "Alice", message: "Fire" } });
  expect(await recipient(house)).toBe(THEIRS);
});
