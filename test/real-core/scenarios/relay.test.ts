import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { routeFunctions } from "../../../demo/route-functions.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { houseUrl } from "../../relay/house-url.ts";
import { setUpRelay, pressRelay, relayPage } from "../../relay/press-relay.ts";
import { describeWithTwilioRuntime } from "../../relay/twilio-runtime/describe-with-twilio-runtime.ts";
import { withTwilioRuntime } from "../../relay/twilio-runtime/start-twilio-runtime.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import type { CoreClient } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import type { RunningCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const OURS = "+15005550006";
const ALICE = "+12125550123";
const BOB = "+12125550124";

const MENU = `
- id: menu
  alias: Menu by phone
  mode: parallel
  triggers:
    - trigger: event
      event_type: twilio_data_received
      event_data: { CallStatus: ringing, From: "${ALICE}" }
  variables:
    call: "{{ trigger.event.data.CallSid }}"
  actions:
    - action: script.twilio_talk
      data: { call: "{{ call }}", say: Your code please., ask: digits, digits: 4 }
      response_variable: code
    - event: code_entered
      event_data: { code: "{{ code.input }}x" }
    - action: script.twilio_talk
      data: { call: "{{ call }}", say: Disarmed., then: hang_up }
`;

describeWithCore("the webhook relay with a real Home Assistant Core", (installation) => {
  describeWithTwilioRuntime("in Twilio's own runtime", (runtime) => {
    const clock = createTestClock();
    const answerTime = { ms: PATIENCE_MS };
    let undo = new AsyncDisposableStack();
    let core: RunningCore;
    let client: CoreClient;
    let twilio: TwilioSimulator;
    let app: TestApp;

    beforeAll(async () => {
      const startFunctions = withTwilioRuntime(runtime, answerTime);
      twilio = undo.use(await startTwilioSimulator({ numbers: [OURS], startFunctions }));
      core = undo.use(await startCore({ installation, automations: MENU }));
      client = undo.use(await connectToCore(core.url, core.token));
      await client.command({ type: "config/core/update", external_url: core.url });
      app = undo.use(
        await startTestApp({
          twilio,
          homeAssistant: core,
          options: {
            api_base_url: undefined,
            public_url: undefined,
            incoming_calls: { wait_seconds: 5, otherwise: "reject" },
          },
          settings: {
            panel: { port: 0, password: null, supervised: false },
            clock,
            twilioStandIn: twilio.url,
            transport: routeFunctions(SYSTEM_PARTS.transport, twilio.url),
          },
        }),
      );
      twilio.setWebhooks({});
      await vi.waitFor(() => expect(app.lines.join()).toMatch(/script\.twilio_talk/));
      await setUpRelay(app);
    });
    afterAll(async () => {
      await undo.disposeAsync();
      undo = new AsyncDisposableStack();
    });

    test("delivers a message with Twilio's own fields", async () => {
      await using events = await client.events("twilio_data_received");
      const answer = await twilio.receiveMessage({ from: BOB, to: OURS, body: "Hello 😀 & <wide>" });
      expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining("text/xml") });
      expect(await events.next()).toMatchObject({ data: { Body: "Hello 😀 & <wide>", From: BOB } });
    });

    test("lets an automation talk with a caller in two steps", async () => {
      await using events = await client.events("code_entered");
      // The clock stands, so that the automation has enough time for each step.
      using stopped = new DisposableStack();
      stopped.use(clock.stop());
      const call = await twilio.ring({ from: ALICE, to: OURS });
      await call.until(({ waitingFor }) => waitingFor === "gather");
      await call.press("4711");
      expect(await events.next()).toMatchObject({ data: { code: "4711x" } });
      await call.over();
      expect(call.said).toEqual(["Your code please.", "Disarmed."]);
      expect(call.notes).toEqual([]);
    });

    test("rejects a call that no automation answers, which costs nothing", async () => {
      const call = await twilio.placeCall({ from: BOB, to: OURS });
      expect(call).toMatchObject({ status: "busy", transcript: ["the busy tone"] });
    });

    test("answers Twilio with an error while Home Assistant is away, and delivers messages again afterwards", async () => {
      const connections = () =>
        app.lines.filter((line) => line.includes("Connected to Home Assistant")).length;
      const before = connections();
      await core.stop();
      answerTime.ms = 1_000;
      const away = await twilio.receiveMessage({ from: BOB, to: OURS, body: "away" });
      expect(away.status).toBe(503);
      answerTime.ms = PATIENCE_MS;
      await core.restart();
      await vi.waitFor(() => expect(connections()).toBeGreaterThan(before));
      await using events = await client.events("twilio_data_received");
      await vi.waitFor(async () => {
        const answer = await twilio.receiveMessage({ from: BOB, to: OURS, body: "back" });
        expect(answer.status).toBe(200);
      });
      // The app also fetches the message that it missed. Its event can come first, or before the test subscribes.
      await events.next(({ data }) => data["Body"] === "back");
    });

    test("follows a changed URL of Home Assistant, and leaves nothing in the account when it is removed", async () => {
      const { port } = new URL(core.url);
      await client.command({ type: "config/core/update", external_url: `http://localhost:${port}` });
      await vi.waitFor(() => expect(houseUrl(twilio)).toContain(`http://localhost:${port}`));
      await pressRelay(app, "remove");
      await vi.waitFor(async () => expect(await relayPage(app)).toContain("Set up the relay"));
      expect(twilio.cloud.services.size + twilio.cloud.syncServices.size).toBe(0);
      expect(twilio.phoneNumbers()[0]).toMatchObject({ sms_url: "", voice_url: "" });
      expect(twilio.violations()).toEqual([]);
    });
  });
});
