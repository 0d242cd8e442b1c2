import { expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

/** The time between two messages of the alert, in minutes. It is short, because the test waits for a repetition. */
const REPEAT = 0.02;

const configuration = `
notify:
  - {platform: group, name: twilio_sms, services: []}
  - {platform: group, name: nobody, services: []}

input_boolean:
  window:
  cellar:

alert:
  window:
    name: The window is open
    title: Home
    message: "{{ 8944500102198765432 }}"
    done_message: The window is closed
    entity_id: input_boolean.window
    state: "on"
    repeat: ${REPEAT}
    notifiers: [twilio_sms]

  cellar:
    name: The cellar is wet
    entity_id: input_boolean.cellar
    state: "on"
    repeat: ${REPEAT}
    notifiers: [nobody]
`;

describeWithCore("Home Assistant's integration `alert`", (installation) => {
  test("sends to the targets of a notifier, repeats the message, and sends when the alert is over", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    await using core = await startCore({ installation, configuration });
    await using client = await connectToCore(core.url, core.token);
    const options = {
      contacts: [{ name: "Alice", number: MY_NUMBER }],
      notifiers: [
        { name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER, targets: "Alice" },
        { name: "nobody", type: "sms", from_number: TWILIO_NUMBER },
      ],
    };
    await using app = await startTestApp({ twilio, homeAssistant: core, options });
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
    const turn = (service: string, entity: string): Promise<unknown> =>
      client.callService("input_boolean", service, { entity_id: `input_boolean.${entity}` });

    await turn("turn_on", "window");
    await vi.waitFor(() => expect(twilio.messages().length).toBeGreaterThan(2));
    await turn("turn_off", "window");
    const bodies = (): string[] => twilio.messages().map(({ body }) => body);
    await vi.waitFor(() => expect(bodies()).toContain("The window is closed"));
    expect(new Set(twilio.messages().map(({ to }) => to))).toEqual(new Set([MY_NUMBER]));
    expect(new Set(bodies())).toEqual(new Set(["8944500102198765432", "The window is closed"]));

    await using results = await client.events("twilio_result");
    await turn("turn_on", "cellar");
    for (let n = 0; n < 3; n += 1) {
      const { data } = await results.next((event) => event.data["ok"] === false);
      expect(data).toMatchObject({ command: "send_message", error: { code: "no_recipient" } });
    }
    await turn("turn_off", "cellar");
    const notifications = await client.persistentNotifications();
    const about = notifications.filter(({ title }) => title === "Twilio: notify.nobody sent nothing");
    expect(about).toMatchObject([{ message: expect.stringContaining("`targets`") }]);
  });
});
