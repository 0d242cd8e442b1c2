import { readFile, rm } from "node:fs/promises";

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import { PUBLIC_URL, startTestApp } from "../../../app/start-test-app.ts";
import type { TestApp } from "../../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { createConfigDirectory } from "../../house/core/config-directory.ts";
import { connectToCore } from "../../house/core/core-client.ts";
import type { CoreClient } from "../../house/core/core-client.ts";
import { startCore } from "../../house/core/start-core.ts";
import type { RunningCore } from "../../house/core/start-core.ts";
import { GUIDE_AUTOMATIONS, yamlOfGuide } from "../../house/documents/migration-guide.ts";
import { setUpCoreTwilio, TWILIO_ENTRY_ID } from "../../house/set-up-core-twilio.ts";
import type { CoreTwilio } from "../../house/set-up-core-twilio.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

describeWithCore("during the steps of docs/migrating-from-core.md", (installation) => {
  let directory: string;
  let twilio: TwilioSimulator;
  let coreTwilio: CoreTwilio;
  let core: RunningCore;
  let client: CoreClient;
  let app: TestApp | null = null;

  const withAccount = (yaml: string): string =>
    yaml.replace(`AC${"X".repeat(32)}`, twilio.accountSid).replace("your_auth_token", twilio.authToken);

  async function startHome(configuration: string): Promise<void> {
    const house = await readFile(
      new URL("../../../../demo/home/configuration.yaml", import.meta.url),
      "utf8",
    );
    const { notify: _, ...cover } = parse(house) as Record<string, unknown>;
    core = await startCore({
      installation,
      directory,
      configuration: withAccount(configuration) + coreTwilio.configuration + stringify(cover),
      automations: GUIDE_AUTOMATIONS,
    });
    client = await connectToCore(core.url, core.token);
  }

  /** `whileStopped` runs while Core is not running. */
  async function restartHome(
    configuration: string,
    whileStopped = async (): Promise<void> => {},
  ): Promise<void> {
    const before = connections();
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    await whileStopped();
    await startHome(configuration);
    await vi.waitFor(() => expect(connections()).toBeGreaterThan(before), { interval: 50 });
  }

  const connections = (): number =>
    (app?.lines ?? []).filter((line) => line.includes("Connected to Home Assistant")).length;

  /** How many actions the app received and left to Core's integration. */
  const heldBack = (): number =>
    (app?.lines ?? []).filter((line) => line.includes("nothing was sent: it is paused")).length;

  beforeAll(async () => {
    twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    directory = await createConfigDirectory(installation);
    coreTwilio = await setUpCoreTwilio(directory, twilio.url);
    await startHome(yamlOfGuide("configuration.yaml, before"));
    enterAtTwilio(`${core.url}${coreTwilio.webhookPath}`);
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    await twilio[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  function enterAtTwilio(url: string, deliverTo = url): void {
    twilio.setWebhooks({ sms: { url, deliverTo }, voice: { url, deliverTo } });
  }

  /** Runs all automations of the guide once. Returns what happened at Twilio and in the house. */
  async function liveThrough(): Promise<{ readonly sent: object[]; readonly said: string }> {
    const before = twilio.requests().length;
    await client.callService("cover", "close_cover", { entity_id: "cover.garage_door" });
    for (const sensor of ["doorbell", "water_leak"]) {
      await client.post(`/api/states/binary_sensor.${sensor}`, { state: "off" });
      await client.post(`/api/states/binary_sensor.${sensor}`, { state: "on" });
    }
    // Core answers its webhooks with a status that Twilio does not expect. The test only checks what happens in the
    // house.
    const text = `Is it raining? ${Math.random()}`;
    await Promise.allSettled([
      twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER }),
      twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: text }),
    ]);
    await client.waitForState("cover.garage_door", "open");
    await vi.waitFor(
      async () => {
        expect(twilio.requests().slice(before)).toHaveLength(3);
        const shown = (await client.persistentNotifications()).map(({ message }) => message);
        expect(shown.filter((message) => message.startsWith(text))).toHaveLength(1);
      },
      { interval: 20 },
    );
    const forms = twilio
      .requests()
      .slice(before)
      .map(({ form }) => form);
    const call = forms.find((form) => "Url" in form || "Twiml" in form);
    const sent = forms
      .filter((form) => form !== call)
      .map(({ To, From, Body, MediaUrl }) => ({ To, From, Body, MediaUrl }))
      .toSorted((a, b) => String(a.To).localeCompare(String(b.To)));
    expect(call).toMatchObject({ To: MY_NUMBER, From: TWILIO_NUMBER });
    return { sent, said: String(call?.["Url"] ?? call?.["Twiml"]) };
  }

  const message = {
    From: TWILIO_NUMBER,
    Body: "Somebody is at the door",
    MediaUrl: "https://pictures.example/door.jpg",
  };
  const sent = [MY_NUMBER, "+12125550124"].map((to) => ({ ...message, To: to }));

  async function sendsByCore(): Promise<void> {
    const done = await liveThrough();
    expect(done.sent).toEqual(sent);
    expect(done.said).toContain(encodeURIComponent("Water in the cellar: close the tap & come home"));
  }

  async function sendsByApp(): Promise<void> {
    const done = await liveThrough();
    expect(done.sent).toEqual(sent);
    expect(done.said).toContain("Water in the cellar: close the tap &amp; come home</Say>");
  }

  const notificationTitles = async () => (await client.persistentNotifications()).map(({ title }) => title);

  test("before the first step, Core's own integration sends, calls and receives", sendsByCore);

  test("while the app and Core's integration are both set up, only Core's integration sends, and the app reports the conflict", async () => {
    const options = parse(withAccount(yamlOfGuide("Configuration of the app"))) as Record<string, unknown>;
    app = await startTestApp({ twilio, homeAssistant: core, options });
    enterAtTwilio(`${core.url}${coreTwilio.webhookPath}`);
    await vi.waitFor(async () => expect(await notificationTitles()).toContain("Twilio: notifiers paused"), {
      interval: 50,
    });
    await sendsByCore();
    await vi.waitFor(() => expect(heldBack()).toBe(2));
  });

  test("after the app's webhook URL is entered at Twilio, the app receives, and Core's integration still sends", async () => {
    enterAtTwilio(`${PUBLIC_URL}/webhook`, app?.webhook);
    await sendsByCore();
    await vi.waitFor(() => expect(heldBack()).toBe(4));
  });

  test("after the restart, the app sends for the same automations, and reports a message that came during the restart", async () => {
    const text = "Are you restarting?";
    await restartHome(yamlOfGuide("configuration.yaml, after"), async () => {
      await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: text });
    });
    await vi.waitFor(async () =>
      expect(await notificationTitles()).not.toContain("Twilio: notifiers paused"),
    );
    await vi.waitFor(async () => {
      const shown = await client.persistentNotifications();
      expect(shown.filter((one) => one.message.startsWith(text))).toHaveLength(1);
    });
    await sendsByApp();
  });

  test("after the move, Core's integration can be disabled", async () => {
    const entry = { entry_id: TWILIO_ENTRY_ID, disabled_by: "user" };
    await client.command({ type: "config_entries/disable", ...entry });
    await sendsByApp();
    expect(twilio.violations()).toEqual([]);
  });

  test("after configuration.yaml was restored, only Core's integration sends, although the app runs", async () => {
    await restartHome(yamlOfGuide("configuration.yaml, before"));
    await vi.waitFor(async () => expect(await notificationTitles()).toContain("Twilio: notifiers paused"), {
      interval: 50,
    });
    await sendsByCore();
    await vi.waitFor(() => expect(heldBack()).toBe(6));
  });
});
