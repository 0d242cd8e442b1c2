import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startSupervisor } from "../../supervisor/start-supervisor.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { listenToEvents } from "../live/listen-to-events.ts";

const ALONE = { port: 0, password: null, supervised: false };

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
beforeEach(async () => {
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function start(panel: object = ALONE, listenHost = "127.0.0.1"): Promise<TestApp> {
  const settings = { panel: { ...ALONE, ...panel }, listenHost };
  const options = { contacts: [{ name: "Anna", number: THEIRS }] };
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, options, settings }));
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
  return app;
}

/** The URL of the latest conversation. */
async function conversationIn(url: string): Promise<string> {
  const html = await (await fetch(`${url}conversations`)).text();
  return url + (/href="(conversation\?[^"#]*)/.exec(html)?.[1] ?? "");
}

const write = (body: string) => twilio.receiveMessage({ from: THEIRS, to: OURS, body });

test("an open page of the panel receives an event for a new message, and no event while nothing changes", async () => {
  const app = await start();
  const url = `http://localhost:${app.panelPort}/`;
  const events = undo.use(await listenToEvents(`${url}events`));
  expect(events.type).toContain("text/event-stream");
  expect(events.count()).toBe(0);
  await write("Is the gate closed?");
  await events.next();
  const html = await (await fetch(await conversationIn(url))).text();
  expect(html).toContain("Is the gate closed?");
  expect(html).toContain("Anna");
});

test("many messages at the same time cause only a few events for an open page", async () => {
  const app = await start();
  const events = undo.use(await listenToEvents(`http://localhost:${app.panelPort}/events`));
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 50 }, (_, index) => write(`text ${index}`)));
  await vi.waitFor(() =>
    expect(home.fired.filter(({ type }) => type === "twilio_data_received")).toHaveLength(50),
  );
  await events.next();
  const most = Math.ceil((performance.now() - startedAt) / 250) + 1;
  expect(events.count()).toBeLessThanOrEqual(most);
});

test("the events for an open page also come through Home Assistant's ingress", async () => {
  const ingressFrom = "127.0.0.2";
  const app = await start({ supervised: true, ingressAddress: ingressFrom }, "0.0.0.0");
  const panelPort = app.panelPort ?? 0;
  const supervisor = undo.use(await startSupervisor({ core: home, panelPort, ingressFrom }));
  const headers = { cookie: supervisor.openIngressSession() };
  const events = undo.use(await listenToEvents(`${supervisor.ingressUrl}events`, headers));
  await write("Is the gate closed?");
  await events.next();
  const html = await (await fetch(`${supervisor.ingressUrl}conversations`, { headers })).text();
  expect(html).toContain("Is the gate closed?");
});

test("the event streams of open pages end at once when the app stops", async () => {
  const app = await start();
  const events = undo.use(await listenToEvents(`http://localhost:${app.panelPort}/events`));
  await app.restart();
  // If the app had waited for the stream, the connection would have been aborted.
  expect(await events.ended).toBe("finished");
});

/** Submits the form on a conversation's page. */
async function reply(url: string, address: string, text: string): Promise<() => Promise<Response>> {
  const html = await (await fetch(address)).text();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  const names = ["change_token", "idempotency_key", "with"];
  const body = new URLSearchParams({
    ...Object.fromEntries(names.map((name) => [name, hidden(name)])),
    text,
  });
  return () => fetch(`${url}reply`, { method: "POST", body, redirect: "manual" });
}

test("a reply on the panel is sent as if an automation had requested it, and the conversation shows the message with its status", async () => {
  const app = await start();
  const url = `http://localhost:${app.panelPort}/`;
  await write("Is the gate closed?");
  const address = await conversationIn(url);
  const page = async (): Promise<string> => (await fetch(address)).text();
  const press = await reply(url, address, "Yes, it is.");
  for (let time = 0; time < 2; time += 1) {
    expect((await press()).status).toBe(303);
    expect(await page()).toContain("Yes, it is.");
  }
  await vi.waitFor(() => expect(twilio.messages()).toHaveLength(2));
  const sent = twilio.messages()[1];
  expect(sent).toMatchObject({ to: THEIRS, from: OURS, body: "Yes, it is." });
  await vi.waitFor(async () => expect(await page()).toMatch(/Yes, it is\..* · Queued/s));
  expect(twilio.messages()).toHaveLength(2);
  expect(app.lines.join("\n")).not.toContain("Yes, it is.");
});

test("a reply on the panel while Home Assistant is away is shown as waiting, and is sent after the connection returns", async () => {
  const app = await start();
  const url = `http://localhost:${app.panelPort}/`;
  await write("Is the gate closed?");
  const address = await conversationIn(url);
  const page = async (): Promise<string> => (await fetch(address)).text();
  home.behaviour.refuseUpgrade = true;
  home.disconnect();
  await vi.waitFor(async () => expect(await page()).toContain("Home Assistant is not connected"));
  const press = await reply(url, address, "Yes, it is.");
  expect((await press()).status).toBe(303);
  expect(await page()).toContain("1 reply is waiting for Home Assistant");
  home.behaviour.refuseUpgrade = false;
  await vi.waitFor(() => expect(twilio.messages()).toHaveLength(2));
  await vi.waitFor(async () => expect(await page()).not.toContain("waiting for Home Assistant"));
});

test("the app does not fetch a file of a message if its URL is not at Twilio", async () => {
  const app = await start();
  const forged = "http://127.0.0.1:1/2010-04-01/Accounts/AC/Messages/MM/Media/ME";
  await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "look", mediaUrls: [forged] });
  const url = `http://localhost:${app.panelPort}/`;
  const html = await (await fetch(await conversationIn(url))).text();
  const [, media = ""] = /src="(media[^"]*)"/.exec(html) ?? [];
  expect((await fetch(url + media.replaceAll("&amp;", "&"))).status).toBe(403);
});
