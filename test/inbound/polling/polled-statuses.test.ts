import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { startPollingHouse } from "./start-polling-house.ts";

test("without a public address, each status of a sent message is polled and fires one event", async () => {
  await using house = await startPollingHouse();
  house.home.emit("twilio_request", {
    request_id: "one",
    command: "send_message",
    payload: { to: THEIRS, message: "Hello" },
  });
  await house.fires("twilio_result", 1);
  const message = house.twilio.messages().find(({ body }) => body === "Hello");
  expect(message).toBeDefined();
  Object.assign(message ?? {}, { status: "sent" });
  await house.nextRound();
  await house.fires("twilio_message_status", 1);
  await house.nextRound();
  Object.assign(message ?? {}, { status: "undelivered", error_code: 30003 });
  await house.nextRound();
  const statuses = await house.fires("twilio_message_status", 2);
  await house.nextRound();
  expect(house.fired("twilio_message_status")).toHaveLength(2);
  expect(statuses).toMatchObject([
    { message_sid: message?.sid, status: "sent", to: THEIRS, request_id: "one", error: null },
    { message_sid: message?.sid, status: "undelivered", request_id: "one", error: { code: "30003" } },
  ]);
});

test("with a public address, a status whose callback was lost is found at Twilio after a minute", async () => {
  await using house = await startPollingHouse({ options: { public_url: "https://home.example" } });
  house.home.emit("twilio_request", {
    request_id: "one",
    command: "send_message",
    payload: { to: THEIRS, message: "Hello" },
  });
  await house.fires("twilio_result", 1);
  const message = house.twilio.messages().find(({ body }) => body === "Hello");
  Object.assign(message ?? {}, { status: "delivered" });
  // A callback may still come within a minute, so the first rounds do not read the message's status.
  await house.nextRound();
  expect(house.fired("twilio_message_status")).toEqual([]);
  for (let rounds = 0; rounds < 8; rounds += 1) await house.nextRound();
  expect(await house.fires("twilio_message_status", 1)).toMatchObject([
    { message_sid: message?.sid, status: "delivered", request_id: "one" },
  ]);
});

test("messages that another program sends from the same account fire no status events", async () => {
  await using house = await startPollingHouse();
  house.twilio.addMessage({ from: OURS, to: THEIRS, body: "a shop's", direction: "outbound-api" });
  await house.nextRound();
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "ours" });
  await house.nextRound();
  await house.fires("twilio_data_received", 1);
  await vi.waitFor(() => expect(house.home.fired).toHaveLength(1));
});
