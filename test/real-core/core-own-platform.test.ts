import { expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../demo/numbers.ts";
import { startTestApp } from "../app/start-test-app.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "./core-client.ts";
import { describeWithCore } from "./describe-with-core.ts";
import { startCore } from "./start-core.ts";

describeWithCore("the app while Core's own platform is loaded", (installation) => {
  const configuration = `
twilio: {account_sid: ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, auth_token: nobody}
notify:
  - {platform: twilio_sms, name: twilio_sms, from_number: "${TWILIO_NUMBER}"}
  - {platform: group, name: house_sms, services: []}
`;

  test("pauses its notifier, says so in Home Assistant, and goes on where the user says that the name is its own", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    await using core = await startCore({ installation, configuration });
    await using client = await connectToCore(core.url, core.token);
    const notifiers = [
      { name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER },
      { name: "house_sms", type: "sms", from_number: TWILIO_NUMBER, beside_core: true },
    ];
    await using app = await startTestApp({ twilio, homeAssistant: core, options: { notifiers } });
    await vi.waitFor(
      async () => {
        const shown = (await client.persistentNotifications()).map(({ message }) => message).join();
        expect(shown).toContain("notify.twilio_sms: paused");
      },
      { interval: 50 },
    );
    await using results = await client.events("twilio_result");
    // Core's own platform fails here for want of a network; what matters is that only it acted.
    await client
      .callService("notify", "twilio_sms", { message: "once", target: MY_NUMBER })
      .catch(() => undefined);
    await vi.waitFor(() => expect(app.lines.join()).toContain("nothing was sent: it is paused"));
    await client.callService("notify", "house_sms", { message: "mine", target: MY_NUMBER });
    expect((await results.next()).data).toMatchObject({ ok: true });
    expect(twilio.messages().map(({ body }) => body)).toEqual(["mine"]);
  });
});
