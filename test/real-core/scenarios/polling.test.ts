import { afterAll, beforeAll, expect, test } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { connectToCore, type CoreClient } from "../house/core/core-client.ts";
import { type RunningCore, startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

/** Fields of webhooks that Twilio's list does not contain. */
const ONLY_IN_WEBHOOKS = /^(From|To)(City|State|Zip|Country)$|^ReferralNumMedia$/;

describeWithCore("a polled message in a real Home Assistant Core", (installation) => {
  let core: RunningCore;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    core = await startCore({ installation });
    client = await connectToCore(core.url, core.token);
    app = await startTestApp({
      twilio,
      homeAssistant: core,
      options: { api_base_url: undefined, public_url: undefined },
      settings: { twilioStandIn: twilio.url },
      isFirstStart: true,
      hasWebhooks: false,
    });
  });
  afterAll(async () => {
    expect(twilio.violations()).toEqual([]);
    await app[Symbol.asyncDispose]();
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    await twilio[Symbol.asyncDispose]();
  });

  test("fires twilio_data_received with those fields of a webhook that Twilio's list contains, all as texts, and with `source: poll`", async () => {
    await using events = await client.events("twilio_data_received");
    const message = { from: MY_NUMBER, to: TWILIO_NUMBER, body: "Is the window closed?" };
    const sid = twilio.addMessage(message);
    const { data } = await events.next(undefined, 60_000);
    const { accountSid } = twilio;
    const webhook = messageParameters({ accountSid, ...message });
    const fields = Object.keys(webhook).filter((name) => !ONLY_IN_WEBHOOKS.test(name));
    const own = ["webhook_id", "event_id", "received_at", "contact", "source"];
    expect(Object.keys(data).toSorted()).toEqual([...fields, ...own].toSorted());
    const sids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
    for (const name of fields) expect([name, data[name]]).toEqual([name, { ...webhook, ...sids }[name]]);
    expect(data["source"]).toBe("poll");
  });
});
