import { readFile } from "node:fs/promises";

import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { routeFunctions } from "../../../../demo/route-functions.ts";
import { createTestClock } from "../../../app/create-test-clock.ts";
import { PUBLIC_URL, startTestApp } from "../../../app/start-test-app.ts";
import type { TestApp } from "../../../app/start-test-app.ts";
import { PATIENCE_MS } from "../../../patience.ts";
import { withAnswerTime } from "../../../relay/answer-time.ts";
import { setUpRelay } from "../../../relay/press-relay.ts";
import { SYSTEM_PARTS } from "../../../system-parts.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../../house/core/core-client.ts";
import type { CoreClient } from "../../house/core/core-client.ts";
import { startCore } from "../../house/core/start-core.ts";
import type { RunningCore } from "../../house/core/start-core.ts";
import { GUIDE_AUTOMATIONS, yamlOfGuide } from "../../house/documents/migration-guide.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const ROUND_MS = 15_000;
type Way = "port" | "relay" | "polling";

describeWithCore("automations that were written for Core's own Twilio integration", (installation) => {
  const clock = createTestClock();
  let core: RunningCore;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;
  let undo = new AsyncDisposableStack();

  beforeAll(async () => {
    const demo = await readFile(new URL("../../../../demo/home/configuration.yaml", import.meta.url), "utf8");
    const { notify: _, ...cover } = parse(demo) as Record<string, unknown>;
    const configuration = yamlOfGuide("configuration.yaml, after") + stringify(cover);
    core = await startCore({ installation, configuration, automations: GUIDE_AUTOMATIONS });
    client = await connectToCore(core.url, core.token);
    await client.command({ type: "config/core/update", external_url: core.url });
  });
  afterEach(async () => {
    await undo.disposeAsync();
    undo = new AsyncDisposableStack();
  });
  afterAll(async () => {
    await client?.[Symbol.asyncDispose]();
    await core?.[Symbol.asyncDispose]();
  });

  async function startApp(way: Way): Promise<void> {
    const startFunctions = withAnswerTime({ ms: PATIENCE_MS });
    twilio = undo.use(
      await startTwilioSimulator({ numbers: [TWILIO_NUMBER], now: clock.now, startFunctions }),
    );
    const { notifiers } = parse(yamlOfGuide("Configuration of the app")) as { readonly notifiers: unknown };
    app = undo.use(
      await startTestApp({
        twilio,
        homeAssistant: core,
        options: {
          api_base_url: undefined,
          public_url: way === "port" ? PUBLIC_URL : undefined,
          notifiers,
        },
        settings: {
          panel: { port: 0, password: null, supervised: false },
          twilioStandIn: twilio.url,
          transport: routeFunctions(SYSTEM_PARTS.transport, twilio.url),
          clock,
        },
        hasWebhooks: way === "port",
      }),
    );
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
    await vi.waitFor(() => expect(app.lines.join()).toContain("A round of polling ended"));
    if (way === "relay") await setUpRelay(app);
  }

  /** Checks the message and the call of both automations at Twilio. */
  async function sendAndCall(): Promise<void> {
    for (const sensor of ["doorbell", "water_leak"]) {
      await client.post(`/api/states/binary_sensor.${sensor}`, { state: "off" });
      await client.post(`/api/states/binary_sensor.${sensor}`, { state: "on" });
    }
    await vi.waitFor(() => expect(twilio.calls().filter(isOurs)).toHaveLength(1));
    await vi.waitFor(() =>
      expect(
        new Set(
          twilio
            .messages()
            .filter(isOurs)
            .map(({ to, body }) => `${to} ${body}`),
        ),
      ).toEqual(new Set([`${MY_NUMBER} Somebody is at the door`, "+12125550124 Somebody is at the door"])),
    );
  }

  const messageBy = (way: Way) => ({
    from: MY_NUMBER,
    to: TWILIO_NUMBER,
    body: `Is it raining, by ${way}?`,
  });

  async function isShownOneTime({ body }: ReturnType<typeof messageBy>): Promise<void> {
    await vi.waitFor(async () => {
      const shown = (await client.persistentNotifications()).map(({ message: text }) => text);
      expect(shown.filter((text) => text.startsWith(body))).toHaveLength(1);
    });
  }

  async function openByCall(): Promise<void> {
    await client.callService("cover", "close_cover", { entity_id: "cover.garage_door" });
    const call = await twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });
    expect(call.status).toBe("busy");
    await client.waitForState("cover.garage_door", "open");
  }

  test.each(["port", "relay"] as const)(
    "send, call, receive and open the gate through the app's %s, without a change",
    async (way) => {
      await startApp(way);
      await sendAndCall();
      expect(await twilio.receiveMessage(messageBy(way))).toMatchObject({ status: 200 });
      await isShownOneTime(messageBy(way));
      await openByCall();
      expect(twilio.violations()).toEqual([]);
    },
  );

  test("send, call and receive messages by polling, without a change and without a public address", async () => {
    await startApp("polling");
    await sendAndCall();
    twilio.addMessage(messageBy("polling"));
    {
      using time = clock.stop();
      time.advance(ROUND_MS);
    }
    await isShownOneTime(messageBy("polling"));
    expect(twilio.violations()).toEqual([]);
  });
});

function isOurs({ direction }: { readonly direction: string }): boolean {
  return direction.startsWith("outbound");
}
