import { afterEach, expect, test, vi } from "vitest";

import { connectHomeAssistant } from "../../src/home-assistant/connect-home-assistant.ts";
import { HomeAssistantRefusedError, HomeAssistantUnavailableError } from "../../src/home-assistant/errors.ts";
import { startFakeHomeAssistant } from "./start-fake-home-assistant.ts";
import type { Behaviour } from "./start-fake-home-assistant.ts";

const FAST = {
  handshakeMs: 300,
  authMs: 300,
  pingEveryMs: 50,
  pongMs: 100,
  runningPollMs: 20,
  retryMs: 20,
  longestRetryMs: 40,
};

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function house(behaviour: Behaviour = {}, token?: string) {
  const fake = undo.use(await startFakeHomeAssistant(behaviour));
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const home = undo.use(
    connectHomeAssistant({
      url: fake.url,
      token: token ?? fake.token,
      logger: { debug: log, info: log, warning: log, error: log },
      timings: FAST,
    }),
  );
  return { fake, home, lines };
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      if (!condition()) throw new Error("not yet");
    },
    { timeout: 8_000, interval: 5 },
  );

const SMS = {
  platform: "event",
  event_type: "call_service",
  event_data: { domain: "notify", service: "sms" },
};

test("connects, tells what Home Assistant is, and fires events", async () => {
  const { fake, home } = await house();
  await until(() => home.running);
  expect(home.info).toEqual({
    version: "2026.11.0",
    country: "US",
    language: "en",
    timeZone: "UTC",
    components: ["api", "notify"],
  });
  await home.fireEvent("twilio_data_received", { Body: "hi" });
  expect(fake.fired).toEqual([{ type: "twilio_data_received", data: { Body: "hi" } }]);
});

test.each<[string, Behaviour]>([
  ["502 from Supervisor while Core starts", { refuseUpgrade: true }],
  ["a server that is silent after the upgrade", { silent: true }],
  ["auth_ok followed by a close", { closeAfterAuth: true }],
  ["a refused token", { authInvalid: true }],
  ["a Core that is still starting", { state: "STARTING" }],
])("survives %s and is running afterwards", async (_name, behaviour) => {
  const { fake, home } = await house(behaviour);
  await until(() => fake.connections() > 0);
  await expect(home.fireEvent("x", {})).rejects.toMatchObject({
    name: "HomeAssistantUnavailableError",
    sent: false,
  });
  for (const key of Object.keys(behaviour)) delete (fake.behaviour as Record<string, unknown>)[key];
  await until(() => home.running);
  await home.fireEvent("x", {});
});

test("a wrong token is said once, in a sentence without the token", async () => {
  const { fake, lines } = await house({}, "wrong-token");
  await until(() => fake.connections() > 3);
  expect(lines).toEqual([
    "Waiting for Home Assistant: it refuses the access token. Make a new one, or restart the app. What comes in meanwhile is kept.",
  ]);
});

test.each([1000, 1001, undefined])(
  "a connection closed with %s comes back with its subscriptions",
  async (code) => {
    const { fake, home } = await house();
    const heard: unknown[] = [];
    home.subscribeTrigger(SMS, ({ trigger }) => heard.push(trigger));
    await until(() => home.running && fake.subscriptions() === 1);
    const before = fake.connections();
    fake.disconnect(code);
    await until(() => fake.connections() > before && home.running && fake.subscriptions() === 1);
    fake.emit("call_service", { domain: "notify", service: "sms", service_data: {} });
    await until(() => heard.length === 1);
  },
);

test("a token refused at a reconnect is survived", async () => {
  const { fake, home } = await house();
  await until(() => home.running);
  fake.behaviour.authInvalid = true;
  fake.disconnect(1000);
  const before = fake.connections();
  await until(() => fake.connections() > before + 1);
  fake.behaviour.authInvalid = false;
  await until(() => home.running);
});

test("a line that is dead without a word is noticed and connected anew", async () => {
  const { fake, home } = await house();
  await until(() => home.running);
  fake.behaviour.ignorePings = true;
  await until(() => fake.connections() > 1);
  fake.behaviour.ignorePings = false;
  await until(() => home.running);
});

test("a subscription that Core ends with an error is made anew", async () => {
  const { fake, home } = await house();
  const heard: unknown[] = [];
  home.subscribeTrigger(SMS, ({ trigger }) => heard.push(trigger));
  await until(() => fake.subscriptions() === 1);
  fake.breakSubscriptions();
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", { domain: "notify", service: "sms", service_data: {} });
  await until(() => heard.length === 1);
});

test("a refused subscription is tried until it succeeds, and ends no process", async () => {
  const { fake, home, lines } = await house({ refuseSubscriptions: true });
  home.subscribeTrigger(SMS, () => {});
  const tried = (): number => fake.received.filter(({ type }) => type === "subscribe_trigger").length;
  await until(() => tried() > 2);
  fake.behaviour.refuseSubscriptions = false;
  await until(() => fake.subscriptions() === 1);
  expect(lines.filter((line) => line.includes("refused a subscription"))).toHaveLength(1);
});

test("only events that the filter names are heard, also before Core runs", async () => {
  const { fake, home } = await house({ state: "STARTING" });
  const heard: unknown[] = [];
  home.subscribeTrigger(SMS, ({ trigger }) => heard.push(trigger));
  await until(() => fake.subscriptions() === 1);
  fake.emit("call_service", { domain: "notify", service: "other" });
  fake.emit("call_service", { domain: "notify", service: "sms", service_data: { target: 15551234567 } });
  await until(() => heard.length === 1);
  expect(home.running).toBe(false);
  expect(heard[0]).toMatchObject({ event: { data: { service_data: { target: 15551234567 } } } });
});

test("frames with several messages are understood", async () => {
  const { home } = await house({ coalesce: true });
  await until(() => home.running);
  await home.callService("notify", "sms", { message: "hi" });
});

test("what was under way when the line broke may have arrived", async () => {
  const { fake, home } = await house({ ignoreEvents: true });
  await until(() => home.running);
  const fired = home.fireEvent("x", {});
  await until(() => fake.fired.length === 1);
  fake.disconnect();
  await expect(fired).rejects.toMatchObject({ name: "HomeAssistantUnavailableError", sent: true });
});

test("Core's refusals are errors with Core's code", async () => {
  const { home } = await house();
  await until(() => home.running);
  await expect(home.callService("light", "turn_on", {})).rejects.toThrow(HomeAssistantRefusedError);
  await expect(home.callService("light", "turn_on", {})).rejects.toMatchObject({ code: "not_found" });
  await expect(home.fireEvent("x".repeat(65), {})).rejects.toMatchObject({ code: "invalid_format" });
});

test("never asks for get_services, which one broken integration makes fail whole", async () => {
  const { fake, home } = await house();
  await until(() => home.running);
  expect(fake.received.map(({ type }) => type)).not.toContain("get_services");
});

test("a listener that fails does not keep the others from hearing", async () => {
  const { home, lines } = await house();
  await until(() => home.running);
  let heard = 0;
  home.onRunning(() => {
    throw new Error("broken");
  });
  home.onRunning(() => (heard += 1));
  expect(heard).toBe(1);
  expect(lines.join()).toContain("broken");
});

test("once closed it is away for good", async () => {
  const { fake, home } = await house();
  await until(() => home.running);
  await home[Symbol.asyncDispose]();
  await expect(home.fireEvent("x", {})).rejects.toThrow(HomeAssistantUnavailableError);
  const connections = fake.connections();
  fake.disconnect();
  expect(fake.connections()).toBe(connections);
});
