import { expect, test } from "vitest";

import { HomeAssistantRefusedError } from "../../../src/home-assistant/connection/errors.ts";
import type { Behaviour } from "../fake/behaviour.ts";
import { startHouse, until } from "../start-house.ts";

test("the app connects to Home Assistant, reads its settings, and fires events", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
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

test("half an emoji is replaced, because Home Assistant would end the connection, and a backslash in a text stays", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  await home.fireEvent("test", { cut: "x\ud83d", whole: "😀\u0001", written: String.raw`\ud83d \\ud83d` });
  expect(fake.fired.map(({ data }) => data)).toEqual([
    { cut: "x\ufffd", whole: "😀\u0001", written: String.raw`\ud83d \\ud83d` },
  ]);
});

test("when Home Assistant reports its settings again, only a change is passed on to the app's parts", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  const languages: string[] = [];
  home.onChanged(({ language }) => languages.push(language));
  await until(() => home.running);
  await home.readSettings();
  expect(languages).toEqual([]);
  fake.behaviour.language = "de";
  await home.readSettings();
  expect(languages).toEqual(["de"]);
  expect(home.info?.language).toBe("de");
});

test.each<[string, Behaviour]>([
  ["502 from Supervisor while Core starts", { refuseUpgrade: true }],
  ["a server that is silent after the upgrade", { silent: true }],
  ["auth_ok followed by a close", { closeAfterAuth: true }],
  ["a refused token", { authInvalid: true }],
  ["a Core that is still starting", { state: "STARTING" }],
])('during "%s" no event can be fired, and afterwards the connection works', async (_name, behaviour) => {
  const timings = behaviour.silent === true ? { handshakeMs: 300, authMs: 300 } : {};
  await using house = await startHouse({ behaviour, timings });
  const { fake, home } = house;
  const versions: string[] = [];
  home.onRunning(({ version }) => versions.push(version));
  await until(() => fake.connections() > 0);
  await expect(home.fireEvent("x", {})).rejects.toMatchObject({
    name: "HomeAssistantUnavailableError",
    sent: false,
  });
  expect(versions).toEqual([]);
  for (const key of Object.keys(behaviour)) delete (fake.behaviour as Record<string, unknown>)[key];
  await until(() => home.running);
  expect(versions).toEqual(["2026.11.0"]);
  expect(fake.fired).toEqual([]);
});

test("an attempt to connect to a Home Assistant that does not answer ends after a timeout", async () => {
  await using house = await startHouse({
    behaviour: { silent: true },
    timings: { handshakeMs: 30, authMs: 30 },
  });
  await until(() => house.fake.connections() > 2);
  expect(house.home.running).toBe(false);
});

test.each([1000, 1001, undefined])(
  "a connection that Home Assistant closed with the code %s is opened again",
  async (code) => {
    await using house = await startHouse();
    const { fake, home } = house;
    let times = 0;
    home.onRunning(() => (times += 1));
    await until(() => times === 1);
    fake.disconnect(code);
    await until(() => times === 2);
    expect(home.running).toBe(true);
  },
);

test("a dead connection is noticed because the answer to a ping is missing, and is opened again", async () => {
  await using house = await startHouse({ timings: { pongMs: 100 } });
  const { fake, home, lines } = house;
  await until(() => home.running);
  fake.behaviour.ignorePings = true;
  await until(() => fake.connections() > 1);
  fake.behaviour.ignorePings = false;
  await until(() => home.running);
  expect(lines.join("\n")).toContain("it no longer answers");
});

test("a command whose answer was missing when the connection was lost counts as possibly executed", async () => {
  await using house = await startHouse({ behaviour: { ignoreEvents: true } });
  const { fake, home } = house;
  await until(() => home.running);
  const fired = home.fireEvent("x", {});
  await until(() => fake.fired.length === 1);
  fake.disconnect();
  await expect(fired).rejects.toMatchObject({ name: "HomeAssistantUnavailableError", sent: true });
});

test("a command that Core refuses fails with Core's error code", async () => {
  await using house = await startHouse();
  const { home } = house;
  await until(() => home.running);
  await expect(home.callService("light", "turn_on", {})).rejects.toThrow(HomeAssistantRefusedError);
  await expect(home.callService("light", "turn_on", {})).rejects.toMatchObject({ code: "not_found" });
  await expect(home.fireEvent("x".repeat(65), {})).rejects.toMatchObject({ code: "invalid_format" });
});

test("the app reads a WebSocket frame that contains several messages", async () => {
  await using house = await startHouse({ behaviour: { coalesce: true } });
  const { fake, home } = house;
  await until(() => home.running);
  await Promise.all(["a", "b", "c"].map((type) => home.fireEvent(type, {})));
  expect(fake.longestFrame()).toBeGreaterThan(1);
});

test("the app never asks for all actions with `get_services`, because one broken integration makes this command fail", async () => {
  await using house = await startHouse();
  const { fake, home } = house;
  await until(() => home.running);
  expect(fake.received.map(({ type }) => type)).not.toContain("get_services");
});

test("an error in one event listener does not affect the other listeners", async () => {
  await using house = await startHouse();
  const { home, lines } = house;
  const calls: string[] = [];
  home.onRunning(() => {
    throw new Error("broken");
  });
  home.onRunning(() => calls.push("while waiting"));
  await until(() => home.running);
  home.onRunning(() => calls.push("at once"));
  expect(calls).toEqual(["while waiting", "at once"]);
  expect(lines.join()).toContain("broken");
});
