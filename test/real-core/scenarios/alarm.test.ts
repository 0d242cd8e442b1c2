import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { startChaosApp } from "../house/chaos-app.ts";
import type { ChaosApp } from "../house/chaos-app.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import type { RunningCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const OURS = "+15005550006";
const ALICE = "+12125550101";
const BOB = "+12125550102";

/** Automations that start an alarm, and report the script's response and the data of the alarm's event. */
const AUTOMATIONS = `
- id: water
  alias: Water
  triggers:
    - { trigger: event, event_type: water_found }
  actions:
    - action: script.twilio_alarm
      data:
        alarm: Water
        message: "{{ trigger.event.data.message }}"
        people: ["Alice", "${BOB}"]
        wait: "{{ trigger.event.data.wait }}"
      response_variable: alarm
    - event: alarm_returned
      event_data: { state: "{{ alarm.state }}", person: "{{ alarm.person | default('nobody') }}" }
- id: taken
  alias: Taken
  triggers:
    - { trigger: event, event_type: twilio_alarm, event_data: { state: taken } }
  actions:
    - event: alarm_was_taken
      event_data: { person: "{{ trigger.event.data.person }}", alarm: "{{ trigger.event.data.alarm }}" }
`;

describeWithCore("an alarm that an automation starts in a real Home Assistant", (installation) => {
  let undo = new AsyncDisposableStack();
  let core: RunningCore;
  let twilio: TwilioSimulator;
  let app: ChaosApp;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
    core = undo.use(await startCore({ installation, automations: AUTOMATIONS }));
    const directory = await mkdtemp(join(tmpdir(), "twilio-alarm-"));
    undo.defer(() => rm(directory, { recursive: true }));
    app = undo.use(
      await startChaosApp({
        options: {
          ...accountOptions(twilio),
          public_url: PUBLIC_URL,
          default_sender: OURS,
          contacts: [{ name: "Alice", number: ALICE }],
        },
        homeAssistant: core,
        directory,
      }),
    );
    const origin = `http://127.0.0.1:${app.port}`;
    twilio.setWebhooks({ voice: { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` } });
    twilio.routeCallbacks(PUBLIC_URL, origin);
    await app.logged(/Installed script\.twilio_alarm|script\.twilio_alarm is installed and up to date/);
  });
  afterAll(async () => {
    await undo.disposeAsync();
    undo = new AsyncDisposableStack();
  });

  test("lets the script wait until somebody takes the alarm, and returns who it was", async () => {
    await using client = await connectToCore(core.url, core.token);
    await using returned = await client.events("alarm_returned");
    await client.command({
      type: "fire_event",
      event_type: "water_found",
      event_data: { message: "Water.", wait: true },
    });
    const alice = twilio.answer((await twilio.outgoingCall(ALICE)).sid);
    await alice.until(({ waitingFor }) => waitingFor === "gather");
    await alice.press("1");
    expect(await returned.next()).toMatchObject({ data: { state: "taken", person: "Alice" } });
    await alice.over();
    expect(alice.notes).toEqual([]);
    expect(twilio.violations()).toEqual([]);
    await client.callService("script", "twilio_alarm", { do: "stop", alarm: "Water" });
  });

  test("continues when Home Assistant restarts while a phone rings, and automations learn who took it", async () => {
    {
      await using client = await connectToCore(core.url, core.token);
      await using returned = await client.events("alarm_returned");
      await client.command({
        type: "fire_event",
        event_type: "water_found",
        event_data: { message: "Water again.", wait: false },
      });
      expect(await returned.next()).toMatchObject({ data: { state: "open" } });
    }
    const { sid } = await twilio.outgoingCall(ALICE);
    await core.stop();
    await twilio.advanceCall(sid, "busy");
    const bob = twilio.answer((await twilio.outgoingCall(BOB)).sid);
    await bob.until(({ waitingFor }) => waitingFor === "gather");
    await bob.press("1");
    await bob.over();
    expect(bob.said.at(-1)).toBe("Thank you. You have it.");
    await core.restart();
    await using client = await connectToCore(core.url, core.token);
    await vi.waitFor(
      async () => {
        const triggered: unknown = (await client.state("automation.taken"))?.attributes["last_triggered"];
        expect(Date.parse(String(triggered))).toBeGreaterThan(Date.now() - 60_000);
      },
      { interval: 500 },
    );
  });
});
