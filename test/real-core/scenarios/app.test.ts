import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore, type CoreClient } from "../house/core/core-client.ts";
import { type RunningCore, startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const OPTIONS = {
  contacts: [{ name: "Alice", number: MY_NUMBER }],
  notifiers: [
    { name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER },
    { name: "twilio_call", type: "call", from_number: TWILIO_NUMBER },
  ],
};

/** An automation for each form of `target` that people write. Templates turn a number into an integer. */
const TARGETS: Readonly<Record<string, string>> = {
  string: `"${MY_NUMBER}"`,
  list: `["${MY_NUMBER}", "+12125550124"]`,
  int: "12125550123",
  template: `"{{ '${MY_NUMBER}' }}"`,
  contact: `"Alice"`,
};

const NOTIFYING = Object.entries(TARGETS)
  .flatMap(([form, target]) =>
    ["twilio_sms", "twilio_call"].map(
      (service) => `
- alias: "${service} to a ${form}"
  triggers: [{trigger: event, event_type: test_${service}_${form}}]
  actions:
    - action: notify.${service}
      data:
        message: "The door is open & <wide>"
        target: ${target}
`,
    ),
  )
  .join("");

async function file(name: string): Promise<string> {
  return await readFile(new URL(`../../../demo/home/${name}`, import.meta.url), "utf8");
}

describeWithCore("the app beside a real Home Assistant Core", (installation) => {
  let core: RunningCore;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    core = await startCore({
      installation,
      configuration: await file("configuration.yaml"),
      automations: (await file("automations.yaml")) + NOTIFYING,
    });
    client = await connectToCore(core.url, core.token);
    app = await startTestApp({ twilio, homeAssistant: core, options: OPTIONS });
    await connected(1);
  });
  beforeEach(() => client.callService("cover", "close_cover", { entity_id: "cover.garage_door" }));
  afterAll(async () => {
    expect(twilio.violations()).toEqual([]);
    await app[Symbol.asyncDispose]();
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    await twilio[Symbol.asyncDispose]();
  });

  const connected = (times: number): Promise<void> =>
    vi.waitFor(
      () =>
        expect(app.lines.filter((line) => line.includes("Connected to Home Assistant")).length).toBe(times),
      { interval: 20 },
    );

  const call = () => twilio.placeCall({ from: MY_NUMBER, to: TWILIO_NUMBER });
  const write = (body: string) => twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body });

  test("a call from a permitted number opens the garage door and is rejected, which costs nothing", async () => {
    const { answer, transcript } = await call();
    await client.waitForState("cover.garage_door", "open");
    expect(answer).toMatchObject({ status: 200, contentType: expect.stringMatching(/^text\/xml/) });
    expect(transcript).toEqual(["the busy tone"]);
  });

  test("a call from another number does not open the garage door", async () => {
    await using events = await client.events("twilio_data_received");
    await twilio.placeCall({ from: "+12125550199", to: TWILIO_NUMBER });
    const { data } = await events.next();
    expect(data["contact"]).toBeNull();
    expect((await client.state("cover.garage_door"))?.state).toBe("closed");
  });

  test("an automation shows the text of a received message and all fields of its event", async () => {
    const text = `Is the "window" <closed>? 🪟 ${Math.random()}`;
    const answer = await write(text);
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining("<Response/>") });
    const shown = await vi.waitFor(
      async () => {
        const found = (await client.persistentNotifications()).find(({ message }) => message.includes(text));
        if (found === undefined) throw new Error("not shown yet");
        return found;
      },
      { interval: 20 },
    );
    expect(shown.message).toContain("'SmsStatus': 'received'");
    expect(shown.message).toContain("'webhook_id'");
  });

  test("the event of a received message has Twilio's fields, as in Core's integration, and the app's own fields", async () => {
    await using events = await client.events("twilio_data_received");
    await write("42");
    const { data } = await events.next();
    const { webhook_id: webhookId, event_id: eventId, received_at: receivedAt, contact, ...fields } = data;
    expect(Object.values(fields).every((value) => typeof value === "string")).toBe(true);
    expect(Object.keys(fields)).toHaveLength(20);
    expect(fields).toMatchObject({ Body: "42", From: MY_NUMBER, To: TWILIO_NUMBER, NumMedia: "0" });
    expect(webhookId).toMatch(/^[0-9a-f]{64}$/);
    expect(eventId).toEqual(expect.any(String));
    expect(new Date(String(receivedAt)).toISOString()).toBe(receivedAt);
    expect(contact).toBe("Alice");
  });

  test.each(Object.keys(TARGETS))(
    "notify.twilio_sms from an automation reaches a %s as target",
    async (form) => {
      const before = twilio.messages().length;
      await using results = await client.events("twilio_result");
      await client.command({ type: "fire_event", event_type: `test_twilio_sms_${form}` });
      const { data } = await results.next();
      const expected = form === "list" ? [MY_NUMBER, "+12125550124"] : [MY_NUMBER];
      const sent = twilio.messages().slice(before);
      expect(data).toMatchObject({ ok: true, command: "send_message", error: null });
      expect(sent.map(({ to }) => to).toSorted()).toEqual(expected);
      expect(sent[0]).toMatchObject({ from: TWILIO_NUMBER, body: "The door is open & <wide>" });
    },
  );

  test.each(Object.keys(TARGETS))(
    "notify.twilio_call from an automation speaks to a %s as target",
    async (form) => {
      const before = twilio.requests().length;
      await using results = await client.events("twilio_result");
      await client.command({ type: "fire_event", event_type: `test_twilio_call_${form}` });
      expect((await results.next()).data).toMatchObject({ ok: true, command: "make_call" });
      const [request] = twilio.requests().slice(before);
      expect(request?.path).toContain("/Calls.json");
      expect(request?.form["Twiml"]).toContain(
        '<Say language="en-US">The door is open &amp; &lt;wide&gt;</Say>',
      );
      expect(request?.form["Url"]).toBeUndefined();
    },
  );

  test("notify.twilio_call uses a message that is a URL as TwiML, and notify.twilio_sms sends pictures", async () => {
    await using results = await client.events("twilio_result");
    await client.callService("notify", "twilio_call", {
      message: "https://twiml.example/x.xml",
      target: MY_NUMBER,
    });
    await results.next();
    expect(twilio.requests().at(-1)?.form).toMatchObject({ Url: "https://twiml.example/x.xml" });
    await client.callService("notify", "twilio_sms", {
      message: "look",
      target: MY_NUMBER,
      data: { media_url: "https://pictures.example/door.jpg" },
    });
    await results.next();
    expect(twilio.requests().at(-1)?.form).toMatchObject({ MediaUrl: "https://pictures.example/door.jpg" });
  });

  test("if two recipients are wrong, the third one still gets the message, and twilio_result and a notification report the errors", async () => {
    await using results = await client.events("twilio_result");
    await client.callService("notify", "twilio_sms", {
      message: "hello",
      target: ["garbage", "+15005550001", MY_NUMBER],
    });
    const { data } = await results.next();
    expect(data).toMatchObject({
      ok: false,
      error: { code: "invalid" },
      recipients: [
        { error: { code: "invalid" } },
        { error: { code: "21211" } },
        { to: MY_NUMBER, error: null },
      ],
    });
    await vi.waitFor(async () => {
      const shown = (await client.persistentNotifications()).map(({ message }) => message).join();
      expect(shown).toContain("21211");
      expect(shown).not.toContain("+15005550001");
    });
  });

  test("after a restart of Home Assistant, the webhooks that came meanwhile fire their events, and notify actions work again", async () => {
    await client[Symbol.asyncDispose]();
    await core.stop();
    await write("while you were away");
    await core.restart();
    client = await connectToCore(core.url, core.token);
    await connected(2);
    await vi.waitFor(
      async () => {
        const shown = (await client.persistentNotifications()).map(({ message }) => message).join();
        expect(shown).toContain("while you were away");
      },
      { interval: 50 },
    );
    await using results = await client.events("twilio_result");
    await client.callService("notify", "twilio_sms", { message: "back", target: MY_NUMBER });
    expect((await results.next()).data).toMatchObject({ ok: true });
  });

  test("if Home Assistant refuses the access token, the refusal is logged, and the app keeps running", async () => {
    await using lonely = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    await using other = await startTestApp({
      twilio: lonely,
      homeAssistant: { url: core.url, token: "wrong" },
    });
    await vi.waitFor(() => expect(other.lines.join()).toContain("refuses the access token"));
    expect((await lonely.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "x" })).status).toBe(200);
  });
});
