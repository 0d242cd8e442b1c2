import { readFile } from "node:fs/promises";

import { expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

describeWithCore("the app while no Home Assistant Core runs", (installation) => {
  test("waits for Home Assistant, stores incoming messages, and fires their events afterwards", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    await using first = await startCore({
      installation,
      automations: await readFile(new URL("../../../demo/home/automations.yaml", import.meta.url), "utf8"),
    });
    await first.stop();
    await using app = await startTestApp({ twilio, homeAssistant: first });
    expect(
      (await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "early bird" })).status,
    ).toBe(200);
    await vi.waitFor(() => expect(app.lines.join()).toContain("it cannot be reached"));
    await first.restart();
    await using client = await connectToCore(first.url, first.token);
    await vi.waitFor(
      async () =>
        expect((await client.persistentNotifications()).map(({ message }) => message).join()).toContain(
          "early bird",
        ),
      { interval: 50 },
    );
  });
});
