import { expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startPollingHouse } from "./polling/start-polling-house.ts";

const MINUTE = 60_000;

test.for([20, -20])(
  "a polled message is fired as new although Twilio's clock is %i minutes ahead of the machine's",
  async (minutes) => {
    await using house = await startPollingHouse({ aheadMs: minutes * MINUTE });
    house.twilio.addMessage({ from: THEIRS, to: OURS, body: "hello" });
    await house.nextRound();
    await vi.waitFor(() => expect(house.home.fired).toMatchObject([{ type: "twilio_data_received" }]));
  },
);

test.for([20, -20])(
  "after a first start, a webhook is fired as new although Twilio's clock is %i minutes ahead of the machine's",
  async (minutes) => {
    await using house = await startPollingHouse({ aheadMs: minutes * MINUTE, hasWebhooks: true });
    await house.nextRound();
    const { twilio, app } = house;
    const sid = twilio.addMessage({ from: THEIRS, to: OURS, body: "hello" });
    const fields = messageParameters({
      accountSid: twilio.accountSid,
      from: THEIRS,
      to: OURS,
      body: "hello",
    });
    const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: app.webhook };
    await sendWebhook(twilio.authToken, target, {
      ...fields,
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
    });
    await vi.waitFor(() => expect(house.home.fired).toMatchObject([{ type: "twilio_data_received" }]));
  },
);
