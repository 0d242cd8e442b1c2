import { expect, test } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { startPollingHouse } from "./start-polling-house.ts";

test("20 s after a first start with nothing but credentials, a message that arrived since then is fired under the field names of a webhook", async () => {
  await using house = await startPollingHouse();
  const sid = house.twilio.addMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
  expect(await house.nextRound()).toBeLessThanOrEqual(20_000);
  const [event] = await house.fires("twilio_data_received", 1);
  expect(event).toEqual({
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: house.twilio.accountSid,
    From: THEIRS,
    To: OURS,
    Body: "Is the gate closed?",
    NumMedia: "0",
    NumSegments: "1",
    SmsStatus: "received",
    ApiVersion: "2010-04-01",
    webhook_id: expect.stringMatching(/^[0-9a-f]{64}$/),
    event_id: expect.any(String),
    received_at: expect.any(String),
    contact: null,
    source: "poll",
  });
  expect(house.twilio.violations()).toEqual([]);
});
